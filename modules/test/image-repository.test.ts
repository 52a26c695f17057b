import { Construct } from "constructs";
import { ImageRepository } from "../src";
import { dev, production, synthIn } from "./support/stacks";

const repository = (name: string, environment: typeof dev | typeof production = dev) =>
  synthIn(environment, (stack) => void new ImageRepository(stack, "images", { name }));
const copied = synthIn(dev, (stack) => {
  new ImageRepository(stack, "images", {
    name: "orders",
    readers: [{ account: "222222222222" }, { account: "333333333333" }],
  });
});
const minimal = repository("orders");

test("snapshot: dev", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production, a name in parts", () => {
  expect(repository("commerce/orders.api", production).summary()).toMatchSnapshot();
});

test("a tag never moves, and every image is scanned and encrypted with the repository's own key", () => {
  expect(minimal.only("aws_ecr_repository")).toMatchObject({
    image_tag_mutability: "IMMUTABLE",
    image_scanning_configuration: { scan_on_push: true },
    encryption_configuration: [{ encryption_type: "KMS", kms_key: "${aws_kms_key.images_key_key.arn}" }],
  });
});

test("forgets untagged images after 14 days, and all but the newest 50", () => {
  const policy = JSON.parse(String(minimal.only("aws_ecr_lifecycle_policy")["policy"])) as {
    rules: { selection: { tagStatus: string; countNumber: number } }[];
  };
  expect(policy.rules.map(({ selection }) => [selection.tagStatus, selection.countNumber])).toEqual([
    ["untagged", 14],
    ["any", 50],
  ]);
});

test("is never deleted with images in it, and not at all where the environment is protected", () => {
  expect(minimal.only("aws_ecr_repository")["force_delete"]).toBe(false);
  expect(repository("orders", production).only("aws_ecr_repository")["lifecycle"]).toEqual({ prevent_destroy: true });
});

test("lets the role that copies in each account of a reader take images away, and do nothing else", () => {
  const policy = copied.only("aws_ecr_repository_policy");
  expect(policy["repository"]).toBe("${aws_ecr_repository.images_repository.name}");
  expect(JSON.parse(String(policy["policy"]))).toEqual({
    Version: "2012-10-17",
    Statement: ["222222222222", "333333333333"].map((account) => ({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:ListImages"],
      Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/paved-copy` } },
    })),
  });
});

test("has no policy where nobody copies from it, which needs no record when somebody did before", () => {
  expect(Object.keys(minimal.json["resource"] as object)).not.toContain("aws_ecr_repository_policy");
  const retired: object[] = [];
  synthIn(dev, (stack) => {
    new ImageRepository(new Construct(stack, "api"), "images", { name: "orders" });
    retired.push(...stack.addressRecords().retired);
  });
  expect(retired).toEqual([{ path: "api/images/copying", reason: "no environment copies images from here" }]);
});

test("fails with PVD1007 for a name that ECR refuses", () => {
  expect(() => repository("Orders")).toThrow(/PVD1007 dev-orders\/images: got ECR repository "Orders"/);
});

test("fails with PVD1006 for a name that is too long, with the limit", () => {
  expect(() => repository("o".repeat(257))).toThrow(/PVD1006 .*at most 256/);
});
