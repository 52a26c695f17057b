import { attributeRule, one } from "../rule/attribute-rule";
import {
  asNumber,
  asText,
  at,
  attached,
  blocks,
  demand,
  isOneOf,
  isSet,
  shown,
  texts,
  unless,
} from "../rule/attributes";
import { HEADERS, headerFaults } from "../rule/security-headers";
import { isAccessLogs, isOf } from "../rule/own";
import { type Attributes, type ResourceRule, resourceRule, type ResourceSubject, type Violation } from "../rule/rule";

const DISTRIBUTION = "aws_cloudfront_distribution";
const ORIGIN_ACCESS = "aws_cloudfront_origin_access_control";
const HEADERS_POLICY = "aws_cloudfront_response_headers_policy";
const DESTINATION = "aws_cloudwatch_log_delivery_destination";

const PROTOCOLS = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

/** How a distribution answers: unless it says otherwise, and for single paths. */
function behaviors(distribution: Attributes): readonly Attributes[] {
  return [...blocks(distribution["default_cache_behavior"]), ...blocks(distribution["ordered_cache_behavior"])];
}

/** Rules on sites. */
export const siteRules: readonly ResourceRule[] = [
  resourceRule({
    id: "AWS-CDN-001",
    title: "A site is served over TLS alone",
    severity: "high",
    source: "Security Hub CloudFront.3; CKV_AWS_34",
    why: "Whoever is on the way can change what is served over plain HTTP.",
    want: "viewer_protocol_policy redirect-to-https or https-only, in every behavior",
    fix: "make the site with ReactFrontend",
    judges: [DISTRIBUTION],
    check: ({ attributes }) =>
      behaviors(attributes)
        .map((behavior) => behavior["viewer_protocol_policy"])
        .filter((policy) => !isOneOf("redirect-to-https", "https-only")(policy))
        .map((policy) => ({ got: `viewer_protocol_policy is ${shown(policy)}` })),
    fails: one(DISTRIBUTION, { default_cache_behavior: { viewer_protocol_policy: "allow-all" } }),
    passes: one(DISTRIBUTION, { default_cache_behavior: { viewer_protocol_policy: "redirect-to-https" } }),
  }),
  resourceRule({
    id: "AWS-CDN-002",
    title: "A site has a name of its own, and speaks TLS 1.2 or later",
    severity: "high",
    source: "Security Hub CloudFront.7, CloudFront.8; CKV_AWS_174; CKV2_AWS_42",
    why: "Older versions of TLS are broken, and under CloudFront's own name and certificate it speaks them.",
    want: "aliases, and minimum_protocol_version TLSv1.2_2021 or later with a certificate of the stack, by sni-only",
    fix: "make the site with ReactFrontend",
    judges: [DISTRIBUTION],
    check: ({ attributes }) => [
      ...unless(isSet(attributes["aliases"]), "no aliases"),
      ...demand(attributes, "viewer_certificate.minimum_protocol_version", isOneOf(...PROTOCOLS)),
      ...demand(attributes, "viewer_certificate.acm_certificate_arn", (arn) =>
        ["aws_acm_certificate", "aws_acm_certificate_validation"].some((type) => isOf(arn, type)),
      ),
      ...demand(attributes, "viewer_certificate.ssl_support_method", isOneOf("sni-only")),
    ],
    fails: one(DISTRIBUTION, {
      aliases: ["shop.example.com"],
      viewer_certificate: { acm_certificate_arn: "${aws_acm_certificate.x.arn}", minimum_protocol_version: "TLSv1" },
    }),
    passes: one(DISTRIBUTION, {
      aliases: ["shop.example.com"],
      viewer_certificate: {
        acm_certificate_arn: "${aws_acm_certificate.x.arn}",
        minimum_protocol_version: "TLSv1.2_2021",
        ssl_support_method: "sni-only",
      },
    }),
  }),
  resourceRule({
    id: "AWS-CDN-003",
    title: "The files of a site are read through the site alone",
    severity: "high",
    source: "Security Hub CloudFront.13; CKV2_AWS_46",
    why: "Otherwise the bucket has to be public, past every header and log of the site.",
    want: "an origin_access_control_id of the stack for every origin in S3, which signs always, with sigv4",
    fix: "make the site with ReactFrontend",
    judges: [DISTRIBUTION, ORIGIN_ACCESS],
    check: ({ type, attributes }) =>
      type === DISTRIBUTION
        ? blocks(attributes["origin"])
            .filter((origin) => !isSet(origin["custom_origin_config"]))
            .flatMap((origin) => demand(origin, "origin_access_control_id", (id) => isOf(id, ORIGIN_ACCESS)))
        : [
            ...demand(attributes, "signing_behavior", isOneOf("always")),
            ...demand(attributes, "signing_protocol", isOneOf("sigv4")),
          ],
    fails: one(DISTRIBUTION, { origin: [{ domain_name: "${aws_s3_bucket.site.bucket_regional_domain_name}" }] }),
    passes: one(DISTRIBUTION, {
      origin: [{ domain_name: "orders", origin_access_control_id: "${aws_cloudfront_origin_access_control.x.id}" }],
    }),
  }),
  resourceRule({
    id: "AWS-CDN-004",
    title: "A site tells browsers what they must not do",
    severity: "medium",
    source: "CKV2_AWS_32; CKV_AWS_259; OWASP Secure Headers",
    why: "Without them one injected script runs with the rights of whoever is signed in.",
    want: `a response_headers_policy in every behavior, with ${HEADERS.join(", ")}, each with override: scripts of its own alone and none within pages, HTTPS for a year or more with subdomains, frames of its own at most, no more than the origin to others`,
    fix: "make the site with ReactFrontend",
    judges: [DISTRIBUTION, HEADERS_POLICY],
    check: ({ type, attributes }) =>
      type === DISTRIBUTION
        ? behaviors(attributes).flatMap((behavior) =>
            demand(behavior, "response_headers_policy_id", (id) => isOf(id, HEADERS_POLICY)),
          )
        : headerFaults(attributes),
    fails: one(HEADERS_POLICY, {
      security_headers_config: {
        content_security_policy: { content_security_policy: "default-src *; script-src 'unsafe-eval'", override: true },
        frame_options: { frame_option: "DENY", override: false },
        strict_transport_security: { access_control_max_age_sec: 300, override: true },
      },
    }),
    passes: one(HEADERS_POLICY, {
      security_headers_config: {
        content_security_policy: {
          content_security_policy: "default-src 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'",
          override: true,
        },
        content_type_options: { override: true },
        frame_options: { frame_option: "DENY", override: true },
        referrer_policy: { referrer_policy: "strict-origin-when-cross-origin", override: true },
        strict_transport_security: { access_control_max_age_sec: 63_072_000, include_subdomains: true, override: true },
      },
    }),
  }),
  resourceRule({
    id: "AWS-CDN-005",
    title: "Who visited a site is written down",
    severity: "medium",
    source: "Security Hub CloudFront.5; CKV_AWS_86",
    why: "An attack on a site can be seen nowhere else.",
    want: "a log delivery source of the distribution, whose delivery ends in the environment's own bucket of access logs",
    fix: "make the site with ReactFrontend",
    judges: [DISTRIBUTION, DESTINATION],
    check: (subject) => {
      if (subject.type === DESTINATION) return destinationFaults(subject);
      const sources = attached(subject, "aws_cloudwatch_log_delivery_source", "resource_arn");
      const deliveries = sources.flatMap((source) =>
        attached(source, "aws_cloudwatch_log_delivery", "delivery_source_name", "name"),
      );
      return unless(deliveries.length > 0, `no logs of ${subject.address}`);
    },
    fails: one(DISTRIBUTION, { enabled: true }),
    passes: {
      aws_cloudfront_distribution: { example: { enabled: true } },
      aws_cloudwatch_log_delivery_source: { example: { resource_arn: "${aws_cloudfront_distribution.example.arn}" } },
      aws_cloudwatch_log_delivery: {
        example: { delivery_source_name: "${aws_cloudwatch_log_delivery_source.example.name}" },
      },
    },
  }),
  attributeRule({
    id: "AWS-CDN-006",
    title: "A site has a first page",
    severity: "low",
    source: "Security Hub CloudFront.1; CKV_AWS_305",
    why: "Without it the root of a site may show what files there are.",
    want: "default_root_object",
    fix: "make the site with ReactFrontend",
    type: DISTRIBUTION,
    demands: { default_root_object: isSet },
    fails: { enabled: true },
    passes: { default_root_object: "index.html" },
  }),
  resourceRule({
    id: "AWS-CDN-007",
    title: "What a site keeps for everybody is the same for everybody",
    severity: "high",
    source: "CloudFront developer guide, control the cache key; CWE-524",
    why: "A cache that passes cookies or tokens on keeps the page of one user and shows it to the next.",
    want: "a cache policy of the stack that passes on no cookie, header or query, read methods alone, and no program at the edge but functions of the stack",
    fix: "make the site with ReactFrontend",
    judges: [DISTRIBUTION, "aws_cloudfront_cache_policy"],
    check: ({ type, attributes }) =>
      type === DISTRIBUTION ? behaviors(attributes).flatMap(behaviorFaults) : cacheKeyFaults(attributes),
    fails: one("aws_cloudfront_cache_policy", {
      parameters_in_cache_key_and_forwarded_to_origin: {
        cookies_config: { cookie_behavior: "all" },
        headers_config: { header_behavior: "whitelist", headers: { items: ["Authorization"] } },
        query_strings_config: { query_string_behavior: "none" },
      },
    }),
    passes: one("aws_cloudfront_cache_policy", {
      parameters_in_cache_key_and_forwarded_to_origin: {
        cookies_config: { cookie_behavior: "none" },
        headers_config: { header_behavior: "none" },
        query_strings_config: { query_string_behavior: "none" },
      },
    }),
  }),
  attributeRule({
    id: "AWS-CDN-008",
    title: "A site has its files from a bucket of its own",
    severity: "high",
    source: "Security Hub CloudFront.9, CloudFront.10, CloudFront.12",
    why: "A bucket of others, or one that is gone, is filled by whoever takes its name; a server behind plain HTTP is read on the way.",
    want: "origins that are buckets of the stack by bucket_regional_domain_name, and no custom_origin_config",
    fix: "make the site with ReactFrontend",
    type: DISTRIBUTION,
    demands: {
      origin: (origins) =>
        blocks(origins).length > 0 &&
        blocks(origins).every(
          (origin) => isOf(origin["domain_name"], "aws_s3_bucket") && !isSet(origin["custom_origin_config"]),
        ),
    },
    fails: {
      origin: [
        {
          domain_name: "shop.example.net",
          custom_origin_config: { origin_protocol_policy: "http-only", http_port: 80 },
        },
      ],
    },
    passes: { origin: [{ domain_name: "${aws_s3_bucket.site.bucket_regional_domain_name}" }] },
  }),
  resourceRule({
    id: "AWS-CDN-009",
    title: "A site says when something is wrong, and soon when it is right again",
    severity: "low",
    source: "CloudFront developer guide, custom error responses",
    why: "An error that is answered as a success is cached, and no monitor sees it.",
    want: "custom_error_response with a response_code of 400 or more and an error_caching_min_ttl of 300 seconds at most",
    fix: "let routes of the application be found by its function, as ReactFrontend does",
    judges: [DISTRIBUTION],
    check: ({ attributes }) =>
      blocks(attributes["custom_error_response"])
        .filter(
          ({ error_code: error, response_code: answer = error, error_caching_min_ttl: kept = 10 }) =>
            !(asNumber(answer) >= 400 && asNumber(kept) <= 300),
        )
        .map((response) => ({ got: `custom_error_response ${shown(response)}` })),
    fails: one(DISTRIBUTION, { custom_error_response: [{ error_code: 403, response_code: 200 }] }),
    passes: one(DISTRIBUTION, { custom_error_response: [{ error_code: 403, response_code: 404 }] }),
  }),
];

const READING = new Set(["GET", "HEAD", "OPTIONS"]);
const EDGE_FUNCTION = "aws_cloudfront_function";

function behaviorFaults(behavior: Attributes): readonly Violation[] {
  const methods = [...texts(behavior["allowed_methods"]), ...texts(behavior["cached_methods"])];
  const functions = blocks(behavior["function_association"]).map((each) => each["function_arn"]);
  return [
    ...demand(behavior, "cache_policy_id", (id) => isOf(id, "aws_cloudfront_cache_policy")),
    ...methods.filter((method) => !READING.has(method)).map((method) => ({ got: `method ${method}` })),
    ...["forwarded_values", "lambda_function_association", "origin_request_policy_id"]
      .filter((name) => isSet(behavior[name]))
      .map((got) => ({ got })),
    ...functions.filter((arn) => !isOf(arn, EDGE_FUNCTION)).map((arn) => ({ got: `function ${shown(arn)}` })),
  ];
}

function cacheKeyFaults(policy: Attributes): readonly Violation[] {
  const parameters = at(policy, "parameters_in_cache_key_and_forwarded_to_origin");
  return [
    "cookies_config.cookie_behavior",
    "headers_config.header_behavior",
    "query_strings_config.query_string_behavior",
  ].flatMap((path) => demand(parameters, path, isOneOf("none")));
}

/** What is wrong with where logs are delivered to: `arn:aws:s3:::<bucket>/<prefix>` of the environment. */
function destinationFaults(subject: ResourceSubject): readonly Violation[] {
  const arn = at(subject.attributes, "delivery_destination_configuration.destination_resource_arn");
  const [, bucket] = /^arn:aws:s3:::(\$\{[^}]*\}|[^/]+)\//.exec(asText(arn)) ?? [];
  return unless(isAccessLogs(bucket, subject), `logs go to ${shown(arn)}`);
}
