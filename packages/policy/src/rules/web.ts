import { attributeRule, one } from "../rule/attribute-rule";
import {
  at,
  attached,
  blocks,
  isNotTrue,
  isOneOf,
  isSet,
  isTrue,
  onlyKnown,
  shown,
  texts,
  unless,
} from "../rule/attributes";
import { type ResourceRule, resourceRule } from "../rule/rule";

const DISTRIBUTION = "aws_cloudfront_distribution";
const HEADERS = [
  "content_security_policy",
  "content_type_options",
  "frame_options",
  "referrer_policy",
  "strict_transport_security",
];

/** Rules on what the internet reaches: sites and their certificates. */
export const webRules: readonly ResourceRule[] = [
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
      [...blocks(attributes["default_cache_behavior"]), ...blocks(attributes["ordered_cache_behavior"])]
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
    source: "Security Hub CloudFront.10; CKV_AWS_174; CKV2_AWS_42",
    why: "Older versions of TLS are broken, and under CloudFront's own name and certificate it speaks them.",
    want: "aliases, and minimum_protocol_version TLSv1.2_2021 or later with a certificate",
    fix: "make the site with ReactFrontend",
    judges: [DISTRIBUTION],
    check: ({ attributes }) => {
      const version = String(at(attributes, "viewer_certificate.minimum_protocol_version") ?? "");
      const own = isSet(at(attributes, "viewer_certificate.acm_certificate_arn"));
      return [
        ...unless(isSet(attributes["aliases"]), "no aliases"),
        ...unless(
          own && /^TLSv1\.(2_2021|2_2025|3_2025)$/.test(version),
          `minimum_protocol_version is ${shown(version)}`,
        ),
      ];
    },
    fails: one(DISTRIBUTION, {
      aliases: ["shop.example.com"],
      viewer_certificate: { acm_certificate_arn: "${aws_acm_certificate.x.arn}", minimum_protocol_version: "TLSv1" },
    }),
    passes: one(DISTRIBUTION, {
      aliases: ["shop.example.com"],
      viewer_certificate: {
        acm_certificate_arn: "${aws_acm_certificate.x.arn}",
        minimum_protocol_version: "TLSv1.2_2021",
      },
    }),
  }),
  resourceRule({
    id: "AWS-CDN-003",
    title: "The files of a site are read through the site alone",
    severity: "high",
    source: "Security Hub CloudFront.13; CKV2_AWS_46",
    why: "Otherwise the bucket has to be public, past every header and log of the site.",
    want: "an origin_access_control_id for every origin in S3, which signs always",
    fix: "make the site with ReactFrontend",
    judges: [DISTRIBUTION, "aws_cloudfront_origin_access_control"],
    check: ({ type, attributes }) =>
      type === DISTRIBUTION
        ? blocks(attributes["origin"])
            .filter((origin) => !isSet(origin["custom_origin_config"]) && !isSet(origin["origin_access_control_id"]))
            .map((origin) => ({ got: `origin ${shown(origin["domain_name"])} without origin_access_control_id` }))
        : unless(
            attributes["signing_behavior"] === "always",
            `signing_behavior is ${shown(attributes["signing_behavior"])}`,
          ),
    fails: one(DISTRIBUTION, { origin: [{ domain_name: "${aws_s3_bucket.site.bucket_regional_domain_name}" }] }),
    passes: one(DISTRIBUTION, {
      origin: [{ domain_name: "orders", origin_access_control_id: "${aws_cloudfront_origin_access_control.x.id}" }],
    }),
  }),
  resourceRule({
    id: "AWS-CDN-004",
    title: "A site tells browsers what they must not do",
    severity: "medium",
    source: "Security Hub CloudFront.12 by analogy; CKV2_AWS_32; OWASP Secure Headers",
    why: "Without them one injected script runs with the rights of whoever is signed in.",
    want: `a response_headers_policy with ${HEADERS.join(", ")}, each with override`,
    fix: "make the site with ReactFrontend",
    judges: [DISTRIBUTION, "aws_cloudfront_response_headers_policy"],
    check: ({ type, attributes }) =>
      type === DISTRIBUTION
        ? unless(
            isSet(at(attributes, "default_cache_behavior.response_headers_policy_id")),
            "no response_headers_policy_id",
          )
        : HEADERS.filter((name) => !isTrue(at(attributes, `security_headers_config.${name}.override`))).map((name) => ({
            got: `no ${name} that is enforced`,
          })),
    fails: one(DISTRIBUTION, { default_cache_behavior: {} }),
    passes: one(DISTRIBUTION, {
      default_cache_behavior: { response_headers_policy_id: "${aws_cloudfront_response_headers_policy.x.id}" },
    }),
  }),
  resourceRule({
    id: "AWS-CDN-005",
    title: "Who visited a site is written down",
    severity: "medium",
    source: "Security Hub CloudFront.5; CKV_AWS_86",
    why: "An attack on a site can be seen nowhere else.",
    want: "logging_config with a bucket, or a log delivery source of the distribution",
    fix: "make the site with ReactFrontend",
    judges: [DISTRIBUTION],
    check: (subject) =>
      unless(
        isSet(at(subject.attributes, "logging_config.bucket")) ||
          attached(subject, "aws_cloudwatch_log_delivery_source", "resource_arn").length > 0,
        `no logs of ${subject.address}`,
      ),
    fails: one(DISTRIBUTION, { enabled: true }),
    passes: {
      aws_cloudfront_distribution: { example: { enabled: true } },
      aws_cloudwatch_log_delivery_source: { example: { resource_arn: "${aws_cloudfront_distribution.example.arn}" } },
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
  attributeRule({
    id: "AWS-ACM-001",
    title: "A certificate is proved through DNS, and replaced before it goes",
    severity: "medium",
    source: "Security Hub ACM.1; CKV_AWS_233",
    why: "Proof by mail is renewed by whoever reads that mail, or by nobody; deleting first takes the site down.",
    want: "validation_method DNS and create_before_destroy true",
    fix: "make the certificate with HostCertificate",
    type: "aws_acm_certificate",
    demands: { validation_method: isOneOf("DNS"), "lifecycle.create_before_destroy": isTrue },
    fails: { domain_name: "shop.example.com", validation_method: "EMAIL" },
    passes: { validation_method: "DNS", lifecycle: { create_before_destroy: true } },
  }),
  attributeRule({
    id: "AWS-SSM-001",
    title: "Parameters hold facts, never secrets",
    severity: "critical",
    source: "CKV2_AWS_34, by the other way; guardrails on state: secrets are never in state",
    why: "A SecureString made here is in the JSON, the plan and the state in plain text.",
    want: "type String with insecure_value; a secret belongs in Secrets Manager, written there by its owner",
    fix: "declare a secret reference, and let its owner put the value",
    type: "aws_ssm_parameter",
    demands: { type: isOneOf("String", "StringList"), value: (value) => !isSet(value) },
    fails: { name: "/orders/password", type: "SecureString", value: "${var.password}" },
    passes: { name: "/paved/dev/cluster/v1", type: "String", insecure_value: "{}" },
  }),
  resourceRule({
    id: "AWS-SSM-002",
    title: "A contract is written by whose facts it tells",
    severity: "high",
    source: "Design: stacks meet in contracts; CWE-345, insufficient verification of data authenticity",
    why: "A service that writes the contract of the network, or of another service, says where all others put their data.",
    want: "a parameter /paved/<environment>/<contract>/v<n>, the contract called after the stack (dns and network of the network), without overwrite",
    fix: "publish() the facts in the stack that they are of",
    judges: ["aws_ssm_parameter"],
    check: ({ attributes, environment, stack }) => {
      const name = String(attributes["name"]);
      const own = stack.slice(environment.name.length + 1);
      const [, contract = ""] = new RegExp(`^/paved/${environment.name}/([a-z0-9-]+)/v\\d+$`).exec(name) ?? [];
      const isOwn = contract === own || `${contract.slice(contract.indexOf("-") + 1)}-`.startsWith(`${own}-`);
      return [
        ...unless(isOwn || (contract === "dns" && own === "network"), `name is ${shown(name)}`),
        ...onlyKnown(attributes, "name description type insecure_value"),
      ];
    },
    fails: one("aws_ssm_parameter", { name: "/paved/production/network/v1", insecure_value: "{}", overwrite: true }),
    passes: one("aws_ssm_parameter", { name: "/paved/production/database-orders/v1", insecure_value: "{}" }),
  }),
  attributeRule({
    id: "AWS-SEC-001",
    title: "A secret is encrypted with an own key",
    severity: "medium",
    source: "CKV_AWS_149",
    why: "A key of one's own says who may read, and records who did.",
    want: "kms_key_id",
    fix: "give the secret a key made with EncryptionKey",
    type: "aws_secretsmanager_secret",
    demands: { kms_key_id: isSet },
    fails: { name: "paved/dev/orders" },
    passes: { name: "paved/dev/orders", kms_key_id: "${aws_kms_key.secrets.arn}" },
  }),
  attributeRule({
    id: "AWS-SEC-002",
    title: "The value of a secret is never written here",
    severity: "critical",
    source: "OpenTofu, ephemerality: values in configuration are values in state",
    why: "A value in the JSON is in the plan, the state and every copy of them.",
    want: "no secret_string and no secret_binary; the write-only secret_string_wo from an ephemeral value at most",
    fix: "let the secret's owner put the value",
    type: "aws_secretsmanager_secret_version",
    demands: { secret_string: (value) => !isSet(value), secret_binary: (value) => !isSet(value) },
    fails: { secret_string: "${var.password}" },
    passes: { secret_id: "${aws_secretsmanager_secret.x.id}" },
  }),
  attributeRule({
    id: "AWS-R53-001",
    title: "A zone with names in it is not deleted",
    severity: "high",
    source: "AWS provider, aws_route53_zone force_destroy",
    why: "With a zone go the names of everything in the environment.",
    want: "force_destroy not true",
    fix: "make the zone with DnsZone",
    type: "aws_route53_zone",
    demands: { force_destroy: isNotTrue },
    fails: { name: "example.com", force_destroy: true },
    passes: { name: "example.com" },
  }),
  resourceRule({
    id: "AWS-ELB-001",
    title: "Load balancers are made by the gateway's controller",
    severity: "high",
    source: "Paved: one way in for each environment, decision 0006",
    why: "A load balancer beside the gateway is a way in without its firewall, certificate and logs.",
    want: "no aws_lb, aws_elb or aws_alb in a stack",
    fix: "expose the service with exposeAt",
    judges: ["aws_lb", "aws_alb", "aws_elb", "aws_lb_listener", "aws_alb_listener"],
    check: ({ address, attributes }) => [{ got: `${address} ${texts(attributes["name"]).join("")}`.trim() }],
    fails: one("aws_lb", { name: "orders" }),
    passes: one(DISTRIBUTION, { enabled: true }),
  }),
];
