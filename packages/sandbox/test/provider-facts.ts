import { CACHE_FACTS } from "./provider-facts/cache";
import { COMPUTE_FACTS } from "./provider-facts/compute";
import { DATA_FACTS } from "./provider-facts/data";
import { EDGE_FACTS } from "./provider-facts/edge";
import type { ProviderFact } from "./provider-facts/fact";
import { KUBERNETES_FACTS } from "./provider-facts/kubernetes";
import { MESSAGING_FACTS } from "./provider-facts/messaging";
import { NETWORK_FACTS } from "./provider-facts/network";
import { STORAGE_FACTS } from "./provider-facts/storage";

export type { ProviderFact, ValueKind } from "./provider-facts/fact";

/**
 * What the documentation pages of the providers say, read from the pages alone: no generated binding was looked at.
 * - aws: website/docs/r of hashicorp/terraform-provider-aws, of 6.x where such a page was at hand, else of 5.46 or later
 * - kubernetes: docs/resources of hashicorp/terraform-provider-kubernetes v2.38.0
 * - helm: docs/resources/release.md and docs/guides/v3-upgrade-guide.md of hashicorp/terraform-provider-helm v3.1.1
 */
export const PROVIDER_FACTS: readonly ProviderFact[] = [
  ...NETWORK_FACTS,
  ...COMPUTE_FACTS,
  ...DATA_FACTS,
  ...CACHE_FACTS,
  ...EDGE_FACTS,
  ...MESSAGING_FACTS,
  ...STORAGE_FACTS,
  ...KUBERNETES_FACTS,
];

/** What a page says wrongly, by `type.attribute`: the provider's own source, which has the last word, says this instead. */
export const ERRATA: Readonly<Record<string, Partial<Pick<ProviderFact, "presence" | "kind" | "is" | "maxItems">>>> = {
  // internal/service/cloudfront/cache_policy.go
  "aws_cloudfront_cache_policy.min_ttl": { presence: "optional" },
  "aws_cloudfront_cache_policy.parameters_in_cache_key_and_forwarded_to_origin.headers_config.header_behavior": {
    presence: "optional",
  },
  // internal/service/logs/delivery_destination.go: a validator wants the block, the syntax does not.
  "aws_cloudwatch_log_delivery_destination.delivery_destination_configuration": { presence: "optional" },
  // internal/service/cloudwatch/metric_alarm.go
  "aws_cloudwatch_metric_alarm.metric_query.metric.namespace": { presence: "optional" },
  // internal/service/s3/bucket_lifecycle_configuration.go: as with the destination above.
  "aws_s3_bucket_lifecycle_configuration.rule": { presence: "optional" },
  // internal/service/ec2/vpc_flow_log.go: flow logs of a transit gateway must go without.
  "aws_flow_log.traffic_type": { presence: "optional" },
  // internal/service/ec2/vpc_nat_gateway.go
  "aws_nat_gateway.availability_zone_address.allocation_ids": { presence: "optional" },
  // internal/service/ec2/vpc_security_group_ingress_rule.go, whose schema both rule resources share.
  "aws_vpc_security_group_egress_rule.ip_protocol": { presence: "required" },
  // internal/service/iam/role.go: required in meaning, optional in syntax, so that the block may be empty.
  "aws_iam_role.inline_policy.name": { presence: "optional" },
  // internal/service/ec2/ec2_launch_template.go
  "aws_launch_template.block_device_mappings.device_name": { presence: "optional" },
  // helm/resource_helm_release.go: single nested attributes since provider 3, which the page was not updated for.
  "helm_release.postrender": { kind: "attribute", is: undefined, maxItems: undefined },
  "helm_release.metadata": { is: undefined },
};
