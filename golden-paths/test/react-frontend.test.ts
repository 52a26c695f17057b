import { ReactFrontend, type ReactFrontendProps } from "../src";
import { buildService, type FixtureOptions, production, refusals } from "./service-fixture";

const build = (props: ReactFrontendProps = {}, options: FixtureOptions<ReactFrontend> = {}) =>
  buildService((stack) => new ReactFrontend(stack, "site", props), options);

describe("snapshots", () => {
  test("nothing said, in dev", () => {
    expect(build().stack.addresses()).toMatchSnapshot();
  });

  test("everything set, in production", () => {
    const props = { host: "shop", contentSecurityPolicy: "default-src 'none'" };
    expect(build(props, { environment: production }).stack.addresses()).toMatchSnapshot();
  });
});

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

test("without a host it has no certificate and no record", () => {
  const { stack } = build();
  expect(stack.resources("aws_acm_certificate")).toEqual({});
  expect(stack.resources("aws_route53_record")).toEqual({});
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
    ["dev-orders/site objectives.availability", { objectives: { availability: 50 } }],
    ["contentSecurityPolicy", { contentSecurityPolicy: "" }],
    ["contentSecurityPolicy", { contentSecurityPolicy: "default-src 'none'\nSet-Cookie: a=b" }],
  ])("fails with PVD1025 when %s is wrong: %j", (field, change) => {
    expect(refusals(() => build(change))).toEqual([`PVD1025 ${field}`]);
  });
});
