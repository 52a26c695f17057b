import * as vm from "node:vm";
import { contentSecurityPolicy, DnsZone, type PavedStack, Website, type WebsiteProps } from "../src";
import { SINGLE_PAGE_FUNCTION } from "../src/website/single-page";
import { dev, production, synthIn } from "./support/stacks";

const website = (stack: PavedStack, more: Partial<WebsiteProps> = {}) =>
  new Website(stack, "website", { name: "shop", accessLogsBucket: "access-logs", host, deliverers, ...more });
const host = { name: "shop.paved.example.com", zoneId: "Z1" };
const deliverers = ["arn:aws:iam::111111111111:role/growth"];
const minimal = synthIn(dev, (stack) => void website(stack));
const distribution = minimal.only("aws_cloudfront_distribution");

test("snapshot: dev", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production, with a policy of its own", () => {
  const policy = "default-src 'none'";
  const full = synthIn(production, (stack) => void website(stack, { contentSecurityPolicy: policy }));
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
      { Sid: "MissedByDistribution" },
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

test("a file that is missing is missing: the distribution may know what there is, which S3 else answers 403 for", () => {
  const { Statement } = JSON.parse(String(minimal.only("aws_s3_bucket_policy")["policy"])) as { Statement: object[] };
  expect(Statement).toContainEqual({
    Sid: "MissedByDistribution",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:ListBucket",
    Resource: "${aws_s3_bucket.website_files_store_bucket.arn}",
    Condition: { StringEquals: { "aws:SourceArn": "${aws_cloudfront_distribution.website_distribution.arn}" } },
  });
});

test("who delivers takes on a role that brings files and tells the cache, and does nothing else", () => {
  const role = minimal.only("aws_iam_role");
  expect(JSON.parse(String(role["assume_role_policy"]))).toMatchObject({
    Statement: [{ Principal: { AWS: deliverers }, Action: "sts:AssumeRole" }],
  });
  const { Statement } = JSON.parse(String(minimal.only("aws_iam_role_policy")["policy"])) as {
    Statement: { Action: string[]; Resource: string[] }[];
  };
  expect(Statement.flatMap(({ Action }) => Action).toSorted()).toEqual([
    "cloudfront:CreateInvalidation",
    "cloudfront:GetInvalidation",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
    "ssm:GetParameter",
  ]);
  expect(Statement.at(-1)?.Resource).toEqual(["arn:aws:ssm:eu-west-1:111111111111:parameter/paved/dev/site-shop/v1"]);
});

test("tells where files go and which distribution has them, at a name that is known", () => {
  const told = minimal.at("aws_ssm_parameter.website_contract-site-shop-v1");
  expect(told["name"]).toBe("/paved/dev/site-shop/v1");
  for (const fact of ["bucketName", "distributionId", "deliveryRoleArn"])
    expect(String(told["insecure_value"])).toContain(`"${fact}" = aws_`);
});

test("is HTTPS only, TLS 1.2 or later at a host of its own", () => {
  expect(distribution["default_cache_behavior"]).toMatchObject({ viewer_protocol_policy: "redirect-to-https" });
  expect(minimal.only("aws_cloudfront_distribution")["viewer_certificate"]).toMatchObject({
    minimum_protocol_version: "TLSv1.2_2021",
    ssl_support_method: "sni-only",
  });
});

test("a host of its own has a certificate where CloudFront looks for it, and addresses of both kinds", () => {
  expect(minimal.only("aws_acm_certificate")).toMatchObject({ domain_name: host.name, region: "us-east-1" });
  const records = Object.values(minimal.resources("aws_route53_record")).filter((each) => "alias" in each);
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
