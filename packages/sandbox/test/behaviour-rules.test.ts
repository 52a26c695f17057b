import { awsBehaviours } from "../src/behaviours/aws";
import { knownDataSources } from "../src/behaviours/data/registry";
import type { Behaviour } from "../src/behaviours/define";
import { helmBehaviours } from "../src/behaviours/helm";
import { kubernetesBehaviours } from "../src/behaviours/kubernetes";
import { resourceSchema } from "../src/schema/catalogue";
import { typeAt } from "../src/values/schema-path";

/** Every type that the modules use. */
const REQUIRED = [
  "aws_acm_certificate",
  "aws_acm_certificate_validation",
  "aws_cloudfront_cache_policy",
  "aws_cloudfront_distribution",
  "aws_cloudfront_function",
  "aws_cloudfront_origin_access_control",
  "aws_cloudfront_response_headers_policy",
  "aws_cloudwatch_log_delivery",
  "aws_cloudwatch_log_delivery_destination",
  "aws_cloudwatch_log_delivery_source",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_metric_alarm",
  "aws_db_instance",
  "aws_db_parameter_group",
  "aws_db_subnet_group",
  "aws_default_security_group",
  "aws_ecr_lifecycle_policy",
  "aws_ecr_repository",
  "aws_ecr_repository_policy",
  "aws_eip",
  "aws_eks_access_entry",
  "aws_eks_access_policy_association",
  "aws_eks_addon",
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_eks_pod_identity_association",
  "aws_elasticache_parameter_group",
  "aws_elasticache_replication_group",
  "aws_elasticache_subnet_group",
  "aws_elasticache_user",
  "aws_elasticache_user_group",
  "aws_flow_log",
  "aws_iam_openid_connect_provider",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_internet_gateway",
  "aws_kms_alias",
  "aws_kms_key",
  "aws_launch_template",
  "aws_nat_gateway",
  "aws_route",
  "aws_route53_record",
  "aws_route53_zone",
  "aws_route_table",
  "aws_route_table_association",
  "aws_s3_bucket",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_logging",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_secretsmanager_secret",
  "aws_secretsmanager_secret_policy",
  "aws_security_group",
  "aws_sns_topic",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  "aws_sqs_queue",
  "aws_sqs_queue_policy",
  "aws_sqs_queue_redrive_allow_policy",
  "aws_sqs_queue_redrive_policy",
  "aws_ssm_parameter",
  "aws_subnet",
  "aws_vpc",
  "aws_vpc_endpoint",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
  "helm_release",
  "kubernetes_config_map_v1",
  "kubernetes_default_service_account_v1",
  "kubernetes_limit_range_v1",
  "kubernetes_namespace_v1",
  "kubernetes_network_policy_v1",
  "kubernetes_resource_quota_v1",
  "kubernetes_role_binding_v1",
  "kubernetes_role_v1",
  "kubernetes_secret_v1",
  "kubernetes_service_account_v1",
];

const ALL: readonly Behaviour[] = [...awsBehaviours, ...kubernetesBehaviours, ...helmBehaviours];

test("every type that the modules use has a behaviour of its own", () => {
  expect(ALL.map(({ type }) => type).toSorted()).toEqual(REQUIRED);
});

describe.each(ALL.map((behaviour) => [behaviour.type, behaviour] as const))("%s", (type, behaviour) => {
  const schema = resourceSchema(type);

  test("names only paths that the schema has", () => {
    const { defaults = {}, replaceOn = [], replaceIf = {}, recompute = {} } = behaviour;
    const causes = Object.values(recompute).flat();
    const paths = [
      ...Object.keys(defaults),
      ...replaceOn,
      ...Object.keys(replaceIf),
      ...Object.keys(recompute),
      ...causes,
    ].filter((path) => path !== "*");
    expect(paths.filter((path) => typeAt(schema, path) === undefined)).toEqual([]);
  });

  test("checks only paths that the schemas have", () => {
    const { validate = [], checks = [], canDelete = [] } = behaviour;
    const reads = [...validate, ...checks, ...canDelete].flatMap((check) => check.reads ?? []);
    const unknown = reads.filter((read) => typeAt(resourceSchema(read.type ?? type), read.path) === undefined);
    expect(unknown).toEqual([]);
  });

  test("recomputes only what is computed", () => {
    const computed = new Set(schema.attributes.filter((attribute) => attribute.computed).map(({ name }) => name));
    const recomputed = Object.keys(behaviour.recompute ?? {}).filter((path) => !path.includes("."));
    expect(recomputed.filter((name) => !computed.has(name))).toEqual([]);
  });

  test("gives an ARN exactly where the schema wants one", () => {
    expect(behaviour.arn !== undefined).toBe(schema.attributes.some(({ name }) => name === "arn"));
  });

  test("defaults are values of the attribute's type", () => {
    const names = { string: "string", number: "number", boolean: "bool" };
    // Null is a default as well: nothing, where something else would be made up.
    const given = Object.entries(behaviour.defaults ?? {}).filter(([, value]) => value !== null);
    const types = given.map(([path, value]) => [path, names[typeof value as keyof typeof names]]);
    expect(types).toEqual(given.map(([path]) => [path, typeAt(schema, path)]));
  });
});

test.each(knownDataSources())("data source %s is in the pinned provider", (type) => {
  expect(resourceSchema(type, "data").attributes.length).toBeGreaterThan(0);
});
