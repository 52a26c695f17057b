import type { Facts } from "../src/behaviours/facts";
import type { Cloud } from "./cloud";

/** A trust or permission policy. */
export const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** What most objects need around them: a network over two zones, a role, a cluster and a namespace. */
export interface Landscape {
  readonly vpc: Facts;
  readonly subnets: readonly [Facts, Facts];
  readonly gateway: Facts;
  readonly address: Facts;
  readonly table: Facts;
  readonly group: Facts;
  readonly role: Facts;
  readonly key: Facts;
  readonly certificate: Facts;
  readonly zone: Facts;
  readonly cluster: Facts;
  readonly logSource: Facts;
  readonly logDestination: Facts;
  readonly namespace: Facts;
  readonly secret: Facts;
}

/** Creates the landscape, in an order that every dependency allows. */
export function landscape(cloud: Cloud): Landscape {
  const vpc = cloud.create("aws_vpc", { cidr_block: "10.0.0.0/16" });
  const subnet = (zone: string, cidr_block: string): Facts =>
    cloud.create("aws_subnet", { vpc_id: vpc.id, cidr_block, availability_zone: `eu-west-1${zone}` });
  const subnets = [subnet("a", "10.0.0.0/24"), subnet("b", "10.0.1.0/24")] as const;
  const role = cloud.create("aws_iam_role", { name: "landscape", assume_role_policy: POLICY });
  return {
    vpc,
    subnets,
    gateway: cloud.create("aws_internet_gateway", { vpc_id: vpc.id }),
    address: cloud.create("aws_eip", { domain: "vpc", tags: { Name: "landscape" } }),
    table: cloud.create("aws_route_table", { vpc_id: vpc.id }),
    group: cloud.create("aws_security_group", { name: "landscape", vpc_id: vpc.id }),
    role,
    key: cloud.create("aws_kms_key", { description: "landscape" }),
    certificate: cloud.create("aws_acm_certificate", { domain_name: "example.com", validation_method: "DNS" }),
    zone: cloud.create("aws_route53_zone", { name: "example.com" }),
    cluster: cloud.create("aws_eks_cluster", {
      name: "landscape",
      role_arn: role.text("arn"),
      vpc_config: [{ subnet_ids: subnets.map(({ id }) => id) }],
    }),
    logSource: cloud.create("aws_cloudwatch_log_delivery_source", {
      name: "landscape",
      log_type: "ACCESS_LOGS",
      resource_arn: "arn:aws:bedrock:eu-west-1:111122223333:knowledge-base/KB1",
    }),
    logDestination: cloud.create("aws_cloudwatch_log_delivery_destination", {
      name: "landscape",
      delivery_destination_configuration: [{ destination_resource_arn: "arn:aws:s3:::logs" }],
    }),
    namespace: cloud.create("kubernetes_namespace_v1", { metadata: [{ name: "landscape" }] }),
    secret: cloud.create("aws_secretsmanager_secret", { name: "landscape" }),
  };
}
