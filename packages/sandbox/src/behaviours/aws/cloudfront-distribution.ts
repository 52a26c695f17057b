import { defineBehaviour } from "../define";
import { cloudfrontArn, cloudfrontId } from "./cloudfront";
import { aliasesAreFree, certificateFits } from "./cloudfront-distribution-aliases";
import { policiesAreGiven, referencesExist, targetsAreOrigins } from "./cloudfront-distribution-references";

const BEHAVIOUR = { compress: false, min_ttl: 0, "lambda_function_association.include_body": false };

/** The default of each attribute of the behaviours, below the name of the block. */
const behaviourDefaults = (block: string) =>
  Object.fromEntries(Object.entries(BEHAVIOUR).map(([name, value]) => [`${block}.${name}`, value]));

export const cloudfrontDistribution = defineBehaviour({
  type: "aws_cloudfront_distribution",
  id: (it) => cloudfrontId(it, "resource"),
  arn: (it) => cloudfrontArn(it, `distribution/${it.id}`),
  defaults: {
    http_version: "http2",
    is_ipv6_enabled: false,
    price_class: "PriceClass_All",
    retain_on_delete: false,
    staging: false,
    wait_for_deployment: true,
    ...behaviourDefaults("default_cache_behavior"),
    ...behaviourDefaults("ordered_cache_behavior"),
    "logging_config.include_cookies": false,
    "logging_config.prefix": "",
    "origin.connection_attempts": 3,
    "origin.connection_timeout": 10,
    "origin.custom_origin_config.origin_keepalive_timeout": 5,
    "origin.custom_origin_config.origin_read_timeout": 30,
    "origin.origin_path": "",
    "origin.response_completion_timeout": 0,
    "origin.vpc_origin_config.origin_keepalive_timeout": 5,
    "origin.vpc_origin_config.origin_read_timeout": 30,
    "viewer_certificate.minimum_protocol_version": "TLSv1",
  },
  replaceOn: ["staging"],
  computed: (it) => ({
    caller_reference: `terraform-${it.digits(26, "caller")}`,
    continuous_deployment_policy_id: "",
    domain_name: `d${it.capitals(13, "domain").toLowerCase()}.cloudfront.net`,
    etag: cloudfrontId(it, "etag"),
    // CloudFront's own zone, the same for every distribution.
    hosted_zone_id: "Z2FDTNDATAQYW2",
    in_progress_validation_batches: 0,
    last_modified_time: "2025-01-01 00:00:00 +0000 UTC",
    logging_v1_enabled: it.text("logging_config.bucket") !== undefined,
    status: "Deployed",
    trusted_key_groups: [{ enabled: false, items: [] }],
    trusted_signers: [{ enabled: false, items: [] }],
  }),
  validate: [targetsAreOrigins, policiesAreGiven],
  checks: [...referencesExist, certificateFits, aliasesAreFree],
});
