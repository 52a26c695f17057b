import { releasedImages } from "../src";
import { dev, staging } from "./copying";

const HOST = "222222222222.dkr.ecr.eu-west-1.amazonaws.com";
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const manifest = (unit: string, ...lines: readonly string[]) => ({
  environment: "staging",
  unit,
  text: lines.join("\n"),
});

test("images are what manifests name of the environment's own registry, each once, with who names it", () => {
  const manifests = [
    manifest(
      "orders",
      `image: ${HOST}/commerce/orders@${digest("a")}`,
      `- image: "${HOST}/commerce/orders@${digest("b")}"`,
    ),
    manifest("orders", `image: ${HOST}/commerce/orders@${digest("a")}`),
    manifest("platform", `value: ${HOST}/platform/job@${digest("c")}`),
  ];
  expect(releasedImages(manifests, staging)).toEqual([
    { unit: "orders", repository: "commerce/orders", digest: digest("a") },
    { unit: "orders", repository: "commerce/orders", digest: digest("b") },
    { unit: "platform", repository: "platform/job", digest: digest("c") },
  ]);
});

test("others are not: of a public registry, of another account, of a name that ends alike, by a tag, of another environment", () => {
  const manifests = [
    manifest(
      "orders",
      `image: public.ecr.aws/docker/library/postgres@${digest("a")}`,
      `image: 999999999999.dkr.ecr.eu-west-1.amazonaws.com/commerce/orders@${digest("a")}`,
      `image: evil-${HOST}/commerce/orders@${digest("a")}`,
      `image: ${HOST}/commerce/orders:latest`,
    ),
    { ...manifest("orders", `image: ${HOST}/commerce/orders@${digest("a")}`), environment: "dev" },
  ];
  expect(releasedImages(manifests, staging)).toEqual([]);
  expect(releasedImages(manifests, dev)).toEqual([]);
});
