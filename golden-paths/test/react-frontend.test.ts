import { ReactFrontend, type ReactFrontendProps, reactFrontend } from "../src";
import { itIsAGoldenPath } from "./every-path";
import { buildService, dev, type FixtureOptions, production, refusals } from "./service-fixture";

const build = (props: ReactFrontendProps = {}, options: FixtureOptions<ReactFrontend> = {}) =>
  buildService((stack) => new ReactFrontend(stack, "site", props), options);

const minimal: ReactFrontendProps = {};
const everything: ReactFrontendProps = { host: "shop", contentSecurityPolicy: "default-src 'none'" };

itIsAGoldenPath<ReactFrontendProps, ReactFrontend>(reactFrontend, { id: "site", minimal, everything });

test("has no pods: nothing of it is in the cluster, and its stack waits for none", () => {
  const built = build({ host: "shop" });
  expect(built.manifests.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([
    ["ConfigMap", "monitoring"],
    ["PrometheusRule", "monitoring"],
  ]);
  expect(built.stack.addresses().filter((address) => /kubernetes_|contract-cluster/.test(address))).toEqual([]);
});

test("needs no image, so none is missed", () => {
  expect(build({}, { digest: null }).notes).toEqual([]);
});

test("its host is below the environment's domain", () => {
  expect(build({ host: "shop" }).stack.only("aws_cloudfront_distribution")["aliases"]).toEqual([
    "shop.dev.paved.example.com",
  ]);
  expect(
    build({ host: "shop" }, { environment: production }).stack.only("aws_cloudfront_distribution")["aliases"],
  ).toEqual(["shop.paved.example.com"]);
});

test("without a host it is reached by its service's name, with a certificate and TLS 1.2 as any", () => {
  const { stack, path } = build();
  expect(path.catalogFacts().url).toBe("https://orders.dev.paved.example.com");
  expect(stack.only("aws_acm_certificate")["domain_name"]).toBe("orders.dev.paved.example.com");
  expect(stack.only("aws_cloudfront_distribution")).toMatchObject({
    aliases: ["orders.dev.paved.example.com"],
    viewer_certificate: { minimum_protocol_version: "TLSv1.2_2021" },
  });
});

test("its team and the pipeline bring its files, by a role whose name is known", () => {
  const role = build().stack.only("aws_iam_role");
  expect(role["name"]).toBe("paved-dev-orders-delivery");
  expect(String(role["assume_role_policy"])).toContain(`"${dev.teams["commerce"]}"`);
  expect(String(role["assume_role_policy"])).toContain("role/paved-apply");
});

test("its own policy takes the place of the default one", () => {
  const { stack } = build({ contentSecurityPolicy: "default-src 'none'" });
  expect(JSON.stringify(stack.only("aws_cloudfront_response_headers_policy"))).toContain("default-src 'none'");
});

test("the catalog knows its address, its bucket and its distribution", () => {
  expect(build({ host: "shop" }).path.catalogFacts()).toEqual({
    url: "https://shop.dev.paved.example.com",
    resources: [
      { type: "bucket", name: "paved-dev-orders-site-111111111111" },
      { type: "distribution", name: "paved-dev-orders" },
    ],
  });
});

describe("wrong input", () => {
  test.each([
    ["host", { host: "Shop" }],
    ["host", { host: "shop.example.com" }],
    ["host", { host: "-shop" }],
    ["host", { host: "s".repeat(60) }],
    ["dev-orders/site objectives.availability", { objectives: { availability: 50 } }],
    ["contentSecurityPolicy", { contentSecurityPolicy: "" }],
    ["contentSecurityPolicy", { contentSecurityPolicy: "default-src 'none'\nSet-Cookie: a=b" }],
  ])("fails with PVD1025 when %s is wrong: %j", (field, change) => {
    expect(refusals(() => build(change))).toEqual([`PVD1025 ${field}`]);
  });
});
