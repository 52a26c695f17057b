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
  "aws_cloudwatch_log_delivery",
  "aws_cloudwatch_log_delivery_destination",
  "aws_cloudwatch_log_delivery_source",
  "aws_cloudwatch_log_group",
  "aws_db_instance",
  "aws_db_parameter_group",
  "aws_db_subnet_group",
  "aws_default_security_group",
  "aws_ecr_lifecycle_policy",
  "aws_ecr_repository",
  "aws_eip",
  "aws_eks_access_entry",
  "aws_eks_access_policy_association",
  "aws_eks_addon",
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_eks_pod_identity_association",
  "aws_flow_log",
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
  "aws_secretsmanager_secret",
  "aws_security_group",
  "aws_sqs_queue",
  "aws_ssm_parameter",
  "aws_subnet",
  "aws_vpc",
  "aws_vpc_endpoint",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
  "helm_release",
  "kubernetes_config_map_v1",
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
    const { defaults = {}, replaceOn = [], recompute = {} } = behaviour;
    const causes = Object.values(recompute).flat();
    const paths = [...Object.keys(defaults), ...replaceOn, ...Object.keys(recompute), ...causes].filter(
      (path) => path !== "*",
    );
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
    for (const [path, value] of Object.entries(behaviour.defaults ?? {})) {
      const names = { string: "string", number: "number", boolean: "bool" };
      expect([path, names[typeof value as keyof typeof names]]).toEqual([path, typeAt(schema, path)]);
    }
  });
});

test.each(knownDataSources())("data source %s is in the pinned provider", (type) => {
  expect(resourceSchema(type, "data").attributes.length).toBeGreaterThan(0);
});
