import { distribution } from "../given";
import { arn, type Promised } from "./promised";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CLOUDFRONT_ID = /^E[0-9A-Z]{13}$/;

/** What certificates, names, distributions and their logs promise. */
export const EDGE_PROMISES: Record<string, Promised> = {
  aws_cloudfront_cache_policy: {
    config: () => ({
      name: "thing",
      parameters_in_cache_key_and_forwarded_to_origin: [
        {
          cookies_config: [{ cookie_behavior: "none" }],
          headers_config: [{ header_behavior: "none" }],
          query_strings_config: [{ query_string_behavior: "none" }],
        },
      ],
    }),
    id: UUID,
    arn: arn("cloudfront::111122223333:cache-policy/[0-9a-f-]{36}"),
    taken: ["name"],
  },
  aws_cloudfront_distribution: {
    config: () => distribution({}),
    id: CLOUDFRONT_ID,
    arn: arn("cloudfront::111122223333:distribution/E\\w{13}"),
    missing: ["aliases", ["shop.example.com"]],
    replaces: ["staging", true],
  },
  aws_cloudfront_function: {
    config: () => ({ name: "thing", runtime: "cloudfront-js-2.0", code: "function handler(event) {}" }),
    id: /^thing$/,
    arn: arn("cloudfront::111122223333:function/thing"),
    taken: ["name"],
    replaces: ["name", "other"],
  },
  aws_cloudfront_origin_access_control: {
    config: () => ({
      name: "thing",
      origin_access_control_origin_type: "s3",
      signing_behavior: "always",
      signing_protocol: "sigv4",
    }),
    id: CLOUDFRONT_ID,
    arn: arn("cloudfront::111122223333:origin-access-control/E\\w{13}"),
    taken: ["name"],
  },
  aws_cloudfront_response_headers_policy: {
    config: () => ({
      name: "thing",
      security_headers_config: [{ content_type_options: [{ override: true }] }],
    }),
    id: UUID,
    arn: arn("cloudfront::111122223333:response-headers-policy/[0-9a-f-]{36}"),
    taken: ["name"],
  },
  aws_acm_certificate: {
    config: () => ({ region: "us-east-1", domain_name: "shop.example.com", validation_method: "DNS" }),
    id: /^arn:aws:acm:us-east-1:111122223333:certificate\/[0-9a-f-]{36}$/,
    arn: arn("acm:us-east-1:111122223333:certificate/[0-9a-f-]{36}"),
    replaces: ["domain_name", "other.example.com"],
  },
  aws_acm_certificate_validation: {
    config: ({ certificate }) => ({ certificate_arn: certificate.id }),
    id: /^2025-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \+0000 UTC$/,
    missing: ["certificate_arn", "arn:aws:acm:eu-west-1:111122223333:certificate/none"],
    replaces: ["certificate_arn", "arn:aws:acm:eu-west-1:111122223333:certificate/other"],
  },
  aws_cloudwatch_log_delivery: {
    config: ({ logSource, logDestination }) => ({
      delivery_source_name: logSource.text("name"),
      delivery_destination_arn: logDestination.text("arn"),
    }),
    id: /^[0-9A-Z]{16}$/,
    arn: arn("logs:eu-west-1:111122223333:delivery:[0-9A-Z]{16}"),
    taken: ["delivery_destination_arn"],
    missing: ["delivery_source_name", "none"],
    replaces: ["delivery_source_name", "other"],
  },
  aws_cloudwatch_log_delivery_destination: {
    config: () => ({
      name: "thing",
      delivery_destination_configuration: [{ destination_resource_arn: "arn:aws:s3:::logs" }],
    }),
    id: /^$/,
    arn: arn("logs:eu-west-1:111122223333:delivery-destination:thing"),
    taken: ["name"],
    replaces: ["name", "other"],
  },
  aws_cloudwatch_log_delivery_source: {
    config: () => ({
      name: "thing",
      log_type: "ACCESS_LOGS",
      resource_arn: "arn:aws:bedrock:eu-west-1:111122223333:knowledge-base/KB1",
    }),
    id: /^$/,
    arn: arn("logs:eu-west-1:111122223333:delivery-source:thing"),
    taken: ["name"],
    replaces: ["log_type", "OTHER_LOGS"],
  },
  aws_route53_record: {
    config: ({ zone }) => ({
      zone_id: zone.text("zone_id"),
      name: "shop.example.com",
      type: "CNAME",
      ttl: 60,
      records: ["x"],
    }),
    id: /^Z[0-9A-Z]{20}_shop\.example\.com_CNAME$/,
    taken: ["type"],
    missing: ["zone_id", "ZNONE"],
    replaces: ["type", "TXT"],
  },
  aws_route53_zone: {
    config: () => ({ name: "other.example.com" }),
    id: /^Z[0-9A-Z]{20}$/,
    arn: arn("route53:::hostedzone/Z\\w{20}"),
    replaces: ["name", "third.example.com"],
  },
};
