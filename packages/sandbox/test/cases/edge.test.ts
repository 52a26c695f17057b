import { Cloud } from "../cloud";
import { distribution } from "../given";

const TYPE = "aws_cloudfront_distribution";
const ARN = "arn:aws:acm:us-east-1:111122223333:certificate/none";
const keyed = (more: object): object => ({
  name: "p",
  parameters_in_cache_key_and_forwarded_to_origin: [
    {
      cookies_config: [{ cookie_behavior: "none" }],
      headers_config: [{ header_behavior: "none" }],
      query_strings_config: [{ query_string_behavior: "none" }],
      ...more,
    },
  ],
});

describe("distributions", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });
  afterEach(() => cloud.close());

  const parts = () => ({
    access: cloud.create("aws_cloudfront_origin_access_control", {
      name: "a",
      origin_access_control_origin_type: "s3",
      signing_behavior: "always",
      signing_protocol: "sigv4",
    }),
    policy: cloud.create("aws_cloudfront_cache_policy", keyed({})),
    headers: cloud.create("aws_cloudfront_response_headers_policy", {
      name: "h",
      custom_headers_config: [{ items: [{ header: "x-a", override: true, value: "b" }] }],
    }),
    code: cloud.create("aws_cloudfront_function", { name: "f", runtime: "cloudfront-js-2.0", code: "c" }),
  });
  const certificate = (domain_name: string, region = "us-east-1") => {
    const made = cloud.create("aws_acm_certificate", { region, domain_name, validation_method: "DNS" });
    cloud.create("aws_acm_certificate_validation", { region, certificate_arn: made.id });
    return made;
  };
  const named = (acm_certificate_arn: string, ...aliases: string[]): object =>
    distribution({ aliases, viewer_certificate: [{ acm_certificate_arn, ssl_support_method: "sni-only" }] });

  test.each([
    [distribution({}, { cache_policy_id: "none" }), "NoSuchCachePolicy"],
    [distribution({}, { cache_policy_id: null }), "The parameter ForwardedValues is required."],
    [distribution({}, { response_headers_policy_id: "none" }), "NoSuchResponseHeadersPolicy"],
    [distribution({}, { target_origin_id: "other" }), "NoSuchOrigin"],
    [
      distribution({}, { function_association: [{ event_type: "viewer-request", function_arn: "none" }] }),
      "InvalidFunctionAssociation",
    ],
    [
      distribution({ origin: [{ origin_id: "files", domain_name: "x", origin_access_control_id: "none" }] }),
      "InvalidOriginAccessControl",
    ],
    [distribution({ aliases: ["shop.example.com"] }), "you must attach a trusted certificate"],
    [named(ARN, "shop.example.com"), "The specified SSL certificate doesn't exist"],
  ])("no distribution %#", (config, words) => {
    expect(cloud.refused(() => cloud.create(TYPE, config)).summary).toContain(words);
  });

  test("what a distribution uses cannot be deleted, in any of its behaviours", () => {
    const { access, policy, headers, code } = parts();
    const function_association = [{ event_type: "viewer-request", function_arn: code.text("arn") }];
    const behaviour = { response_headers_policy_id: headers.id, function_association };
    const config = distribution(
      { origin: [{ origin_id: "files", domain_name: "x", origin_access_control_id: access.id }] },
      behaviour,
    );
    const [main] = config["default_cache_behavior"] as object[];
    const created = cloud.create(TYPE, {
      ...config,
      ordered_cache_behavior: [{ ...main, path_pattern: "/a/*", cache_policy_id: policy.id }],
    });
    const used = [
      ["aws_cloudfront_origin_access_control", access],
      ["aws_cloudfront_cache_policy", policy],
      ["aws_cloudfront_response_headers_policy", headers],
      ["aws_cloudfront_function", code],
    ] as const;
    for (const [type, one] of used) expect(cloud.refused(() => cloud.destroy(type, one)).detail).toContain(created.id);
    cloud.destroy(TYPE, created);
    for (const [type, one] of used) cloud.destroy(type, one);
    expect(cloud.store.all()).toEqual([]);
  });

  test("certificates are of us-east-1, issued, and for the names", () => {
    const here = certificate("shop.example.com", "eu-west-1");
    const there = certificate("shop.example.com");
    expect([here.id, there.id].map((arn) => arn.split(":")[3])).toEqual(["eu-west-1", "us-east-1"]);
    const create = (arn: string, alias: string) => cloud.create(TYPE, named(arn, alias));
    expect(cloud.refused(() => create(here.id, "shop.example.com")).summary).toContain("isn't in us-east-1 region");
    const pending = cloud.create("aws_acm_certificate", {
      region: "us-east-1",
      domain_name: "shop.example.com",
      validation_method: "DNS",
    });
    expect(cloud.refused(() => create(pending.id, "shop.example.com")).detail).toContain(
      "aws_acm_certificate_validation",
    );
    const other = cloud.refused(() => create(there.id, "www.example.com"));
    expect(other.summary).toContain("doesn't cover the alternate domain name");
    expect(create(there.id, "shop.example.com").text("domain_name")).toMatch(/^d[0-9a-z]{13}\.cloudfront\.net$/);
    expect(create(certificate("*.example.org").id, "www.example.org").text("status")).toBe("Deployed");
  });

  test("a name is that of one distribution, in whatever account", () => {
    const { id } = certificate("shop.example.com");
    const created = cloud.create(TYPE, named(id, "shop.example.com"));
    expect(cloud.refused(() => cloud.create(TYPE, named(id, "shop.example.com"))).summary).toContain(
      "CNAMEAlreadyExists",
    );
    expect(cloud.update(TYPE, created, { ...named(id, "shop.example.com"), comment: "c" }).id).toBe(created.id);
  });

  test("a function is published before it is used", () => {
    const draft = { name: "f", runtime: "cloudfront-js-2.0", code: "c", publish: false };
    const function_arn = cloud.create("aws_cloudfront_function", draft).text("arn");
    const create = (): unknown =>
      cloud.create(TYPE, distribution({}, { function_association: [{ event_type: "viewer-request", function_arn }] }));
    const refused = cloud.refused(create);
    expect(refused.summary).toContain("not that of a published function");
    expect(refused.path).toEqual(["default_cache_behavior", 0, "function_association", 0, "function_arn"]);
  });

  test("names are taken in the account, whatever the region", () => {
    parts();
    const elsewhere = { stack: "other", region: "us-east-1" };
    const create = (as: object) => cloud.create("aws_cloudfront_cache_policy", keyed({}), as);
    expect(cloud.refused(() => create(elsewhere)).path).toEqual(["name"]);
    expect(create({ ...elsewhere, account: "444455556666" }).text("arn")).toContain("::444455556666:cache-policy/");
  });

  test.each([
    ["aws_cloudfront_function", { name: "a b", runtime: "cloudfront-js-2.0", code: "c" }, "name"],
    ["aws_cloudfront_function", { name: "f", runtime: "nodejs", code: "c" }, "runtime"],
    ["aws_cloudfront_function", { name: "f", runtime: "cloudfront-js-2.0", code: "é".repeat(5121) }, "code"],
    ["aws_cloudfront_cache_policy", { ...keyed({}), min_ttl: 100_000 }, "default_ttl"],
    ["aws_cloudfront_cache_policy", { ...keyed({}), max_ttl: 60 }, "default_ttl"],
    [
      "aws_cloudfront_cache_policy",
      { ...keyed({ enable_accept_encoding_gzip: true }), default_ttl: 0, max_ttl: 0 },
      "parameters_in_cache_key_and_forwarded_to_origin",
    ],
    ["aws_cloudfront_response_headers_policy", { name: "h" }, undefined],
  ])("%s %j", (type, config, attribute) => {
    expect(cloud.refused(() => cloud.create(type, config)).path[0]).toBe(attribute);
  });

  test("the code of a function has a tag, and another one when it changes", () => {
    const config = (code: string, publish: boolean): object => ({
      name: "f",
      runtime: "cloudfront-js-2.0",
      code,
      publish,
    });
    const draft = cloud.create("aws_cloudfront_function", config("a", false));
    expect([draft.text("status"), draft.get("live_stage_etag")]).toEqual(["UNPUBLISHED", ""]);
    const live = cloud.update("aws_cloudfront_function", draft, config("b", true));
    expect([live.text("status"), live.text("live_stage_etag")]).toEqual([
      "UNASSOCIATED",
      expect.stringMatching(/^E[0-9A-Z]{13}$/),
    ]);
    expect(live.text("etag")).not.toBe(draft.text("etag"));
  });
});
