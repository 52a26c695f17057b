import * as vm from "node:vm";
import { contentSecurityPolicy, DnsZone, type PavedStack, Website, type WebsiteProps } from "../src";
import { SINGLE_PAGE_FUNCTION } from "../src/website/single-page";
import { dev, production, synthIn } from "./support/stacks";

const website = (stack: PavedStack, more: Partial<WebsiteProps> = {}) =>
  new Website(stack, "website", { name: "shop", accessLogsBucket: "access-logs", ...more });
const host = { name: "shop.paved.example.com", zoneId: "Z1" };
const minimal = synthIn(dev, (stack) => void website(stack));
const named = synthIn(production, (stack) => void website(stack, { host }));
const distribution = minimal.only("aws_cloudfront_distribution");

test("snapshot: dev, without a host of its own", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production, with a host and a policy of its own", () => {
  const policy = "default-src 'none'";
  const full = synthIn(production, (stack) => void website(stack, { host, contentSecurityPolicy: policy }));
  expect(full.summary()).toMatchSnapshot();
});

test("the bucket is read by this distribution alone, by a signed request", () => {
  const policy = String(minimal.only("aws_s3_bucket_policy")["policy"]);
  expect(JSON.parse(policy)).toMatchObject({
    Statement: [
      { Sid: "TlsOnly" },
      {
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Condition: {
          StringEquals: { "aws:SourceArn": "${aws_cloudfront_distribution.website_distribution.arn}" },
        },
      },
    ],
  });
  expect(minimal.only("aws_cloudfront_origin_access_control")).toMatchObject({
    origin_access_control_origin_type: "s3",
    signing_behavior: "always",
  });
});

test("CloudFront may decrypt what it reads, and encrypt nothing", () => {
  const { Statement } = JSON.parse(String(minimal.only("aws_kms_key")["policy"])) as {
    Statement: { Principal: { Service?: string }; Action: unknown }[];
  };
  const rights = Statement.filter(({ Principal }) => Principal.Service === "cloudfront.amazonaws.com");
  expect(rights.map(({ Action }) => Action)).toEqual([["kms:Decrypt"]]);
});

test("is HTTPS only, TLS 1.2 or later at a host of its own", () => {
  expect(distribution["default_cache_behavior"]).toMatchObject({ viewer_protocol_policy: "redirect-to-https" });
  expect(named.only("aws_cloudfront_distribution")["viewer_certificate"]).toMatchObject({
    minimum_protocol_version: "TLSv1.2_2021",
    ssl_support_method: "sni-only",
  });
});

test("a host of its own has a certificate where CloudFront looks for it, and addresses of both kinds", () => {
  expect(named.only("aws_acm_certificate")).toMatchObject({ domain_name: host.name, region: "us-east-1" });
  const records = Object.values(named.resources("aws_route53_record")).filter((each) => "alias" in each);
  expect(records.map(({ name, type }) => [name, type])).toEqual([
    [host.name, "A"],
    [host.name, "AAAA"],
  ]);
});

test("each answer has the headers that browsers protect users by", () => {
  expect(minimal.only("aws_cloudfront_response_headers_policy")["security_headers_config"]).toMatchObject({
    content_security_policy: { override: true },
    content_type_options: { override: true },
    frame_options: { frame_option: "DENY" },
    strict_transport_security: { access_control_max_age_sec: 63_072_000, include_subdomains: true },
  });
});

test("by default a page runs its own scripts and calls itself and the environment's API", () => {
  const policy = contentSecurityPolicy("https://dev.paved.example.com");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("connect-src 'self' https://dev.paved.example.com;");
  expect(JSON.stringify(minimal.only("aws_cloudfront_response_headers_policy"))).toContain(policy);
});

test("writes down who asked for what", () => {
  expect(minimal.only("aws_cloudwatch_log_delivery_source")).toMatchObject({
    region: "us-east-1",
    log_type: "ACCESS_LOGS",
    resource_arn: "${aws_cloudfront_distribution.website_distribution.arn}",
  });
  expect(minimal.only("aws_cloudwatch_log_delivery_destination")["delivery_destination_configuration"]).toEqual([
    { destination_resource_arn: "arn:aws:s3:::access-logs/cloudfront" },
  ]);
});

test("the cache is not split by cookies, headers or queries", () => {
  expect(minimal.only("aws_cloudfront_cache_policy")["parameters_in_cache_key_and_forwarded_to_origin"]).toMatchObject({
    cookies_config: { cookie_behavior: "none" },
    headers_config: { header_behavior: "none" },
    query_strings_config: { query_string_behavior: "none" },
  });
});

test.each([
  ["/", "/index.html"],
  ["/orders", "/index.html"],
  ["/orders/42/", "/index.html"],
  ["/index.html", "/index.html"],
  ["/assets/main.4f2a.js", "/assets/main.4f2a.js"],
  ["/v1.2/orders", "/index.html"],
])("a request of %s gets %s", (asked, answered) => {
  const handler = vm.runInNewContext(`${SINGLE_PAGE_FUNCTION}; handler`) as (event: object) => { uri: string };
  expect(handler({ request: { uri: asked } }).uri).toBe(answered);
});

test("fails with PVD1006 for a name that CloudFront refuses for its length", () => {
  expect(() => synthIn(dev, (stack) => void website(stack, { name: "s".repeat(60) }))).toThrow(/PVD1006 .*at most 64/);
});

describe("the zone of an environment", () => {
  const zone = synthIn(production, (stack) => void new DnsZone(stack, "dns"));

  test("snapshot: production", () => {
    expect(zone.summary()).toMatchSnapshot();
  });

  test("is that of its domain, is not destroyed where the environment is protected, and is told to others", () => {
    expect(zone.only("aws_route53_zone")).toMatchObject({
      name: "paved.example.com",
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(zone.only("aws_ssm_parameter")["name"]).toBe("/paved/production/dns/v1");
  });
});
