import { type Landscape, POLICY } from "./landscape";

/** What a type promises. */
export interface Promised {
  readonly config: (world: Landscape) => Record<string, unknown>;
  readonly id: RegExp;
  readonly arn?: RegExp;
  /** A second one is refused on this attribute. */
  readonly taken?: readonly (string | number)[];
  /** Without what this attribute names it is refused there. */
  readonly missing?: readonly [attribute: string, value: unknown];
  /** Changing this attribute to the value replaces it. */
  readonly replaces?: readonly [attribute: string, value: unknown];
}

const metadata = [{ name: "thing", namespace: "landscape" }];
const elsewhere = [{ name: "thing", namespace: "nowhere" }];
const named = ["metadata", 0, "name"];
const arn = (resource: string): RegExp => new RegExp(`^arn:aws:${resource}$`);

/** What every type that has a behaviour promises. */
export const PROMISES: Record<string, Promised> = {
  aws_cloudwatch_log_group: {
    config: () => ({ name: "/thing", retention_in_days: 30 }),
    id: /^\/thing$/,
    arn: arn("logs:eu-west-1:111122223333:log-group:/thing"),
    taken: ["name"],
    missing: ["kms_key_id", "arn:aws:kms:eu-west-1:111122223333:key/none"],
    replaces: ["name", "/other"],
  },
  aws_db_instance: {
    config: () => ({
      identifier: "thing",
      instance_class: "db.t4g.micro",
      engine: "postgres",
      manage_master_user_password: true,
      skip_final_snapshot: true,
    }),
    id: /^db-[0-9A-Z]{26}$/,
    arn: arn("rds:eu-west-1:111122223333:db:thing"),
    taken: ["identifier"],
    missing: ["db_subnet_group_name", "none"],
    replaces: ["engine", "mysql"],
  },
  aws_db_parameter_group: {
    config: () => ({ name: "thing", family: "postgres17" }),
    id: /^thing$/,
    arn: arn("rds:eu-west-1:111122223333:pg:thing"),
    taken: ["name"],
    replaces: ["family", "postgres16"],
  },
  aws_db_subnet_group: {
    config: ({ subnets }) => ({ name: "thing", subnet_ids: subnets.map(({ id }) => id) }),
    id: /^thing$/,
    arn: arn("rds:eu-west-1:111122223333:subgrp:thing"),
    taken: ["name"],
    missing: ["subnet_ids", ["subnet-none"]],
    replaces: ["name", "other"],
  },
  aws_default_security_group: {
    config: ({ vpc }) => ({ vpc_id: vpc.id }),
    id: /^sg-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:security-group/sg-\\w{17}"),
    missing: ["vpc_id", "vpc-none"],
    replaces: ["vpc_id", "vpc-other"],
  },
  aws_ecr_lifecycle_policy: {
    config: () => ({ repository: "given", policy: "{}" }),
    id: /^given$/,
    taken: ["repository"],
    missing: ["repository", "none"],
    replaces: ["repository", "other"],
  },
  aws_ecr_repository: {
    config: () => ({ name: "thing" }),
    id: /^thing$/,
    arn: arn("ecr:eu-west-1:111122223333:repository/thing"),
    taken: ["name"],
    replaces: ["name", "other"],
  },
  aws_eip: {
    config: () => ({ domain: "vpc" }),
    id: /^eipalloc-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:elastic-ip/eipalloc-\\w{17}"),
    replaces: ["public_ipv4_pool", "other"],
  },
  aws_eks_access_entry: {
    config: ({ cluster, role }) => ({ cluster_name: cluster.id, principal_arn: role.text("arn") }),
    id: /^landscape:arn:aws:iam::111122223333:role\/landscape$/,
    taken: ["principal_arn"],
    missing: ["cluster_name", "none"],
    replaces: ["principal_arn", "arn:aws:iam::111122223333:role/other"],
  },
  aws_eks_access_policy_association: {
    config: ({ cluster }) => ({
      cluster_name: cluster.id,
      principal_arn: "arn:aws:iam::444455556666:role/given",
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      access_scope: [{ type: "cluster" }],
    }),
    id: /^landscape#arn:aws:iam::444455556666:role\/given#arn:aws:eks::aws:cluster-access-policy\/AmazonEKSViewPolicy$/,
    taken: ["policy_arn"],
    missing: ["principal_arn", "arn:aws:iam::444455556666:role/none"],
    replaces: ["policy_arn", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"],
  },
  aws_eks_addon: {
    config: ({ cluster }) => ({ cluster_name: cluster.id, addon_name: "vpc-cni" }),
    id: /^landscape:vpc-cni$/,
    arn: arn("eks:eu-west-1:111122223333:addon/landscape/vpc-cni/[0-9a-f-]{36}"),
    taken: ["addon_name"],
    missing: ["cluster_name", "none"],
    replaces: ["addon_name", "coredns"],
  },
  aws_eks_cluster: {
    config: ({ role, subnets }) => ({
      name: "thing",
      role_arn: role.text("arn"),
      vpc_config: [{ subnet_ids: subnets.map(({ id }) => id) }],
    }),
    id: /^thing$/,
    arn: arn("eks:eu-west-1:111122223333:cluster/thing"),
    taken: ["name"],
    missing: ["role_arn", "arn:aws:iam::111122223333:role/none"],
    replaces: ["name", "other"],
  },
  aws_eks_node_group: {
    config: ({ cluster, role, subnets }) => ({
      cluster_name: cluster.id,
      node_group_name: "thing",
      node_role_arn: role.text("arn"),
      subnet_ids: [subnets[0].id],
      scaling_config: [{ min_size: 1, desired_size: 1, max_size: 2 }],
    }),
    id: /^landscape:thing$/,
    arn: arn("eks:eu-west-1:111122223333:nodegroup/landscape/thing/[0-9a-f-]{36}"),
    taken: ["node_group_name"],
    missing: ["cluster_name", "none"],
    replaces: ["instance_types", ["m7g.large"]],
  },
  aws_eks_pod_identity_association: {
    config: ({ cluster, role }) => ({
      cluster_name: cluster.id,
      namespace: "orders",
      service_account: "orders",
      role_arn: role.text("arn"),
    }),
    id: /^a-[0-9a-f]{17}$/,
    taken: ["service_account"],
    missing: ["role_arn", "arn:aws:iam::111122223333:role/none"],
    replaces: ["namespace", "other"],
  },
  aws_flow_log: {
    config: ({ vpc }) => ({
      vpc_id: vpc.id,
      traffic_type: "ALL",
      log_destination: "arn:aws:s3:::logs",
      log_destination_type: "s3",
    }),
    id: /^fl-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:vpc-flow-log/fl-\\w{17}"),
    missing: ["vpc_id", "vpc-none"],
    replaces: ["traffic_type", "REJECT"],
  },
  aws_iam_policy: {
    config: () => ({ name: "thing", path: "/team/", policy: POLICY }),
    id: /^arn:aws:iam::111122223333:policy\/team\/thing$/,
    arn: arn("iam::111122223333:policy/team/thing"),
    taken: ["name"],
    replaces: ["description", "other"],
  },
  aws_iam_role: {
    config: () => ({ name: "thing", assume_role_policy: POLICY }),
    id: /^thing$/,
    arn: arn("iam::111122223333:role/thing"),
    taken: ["name"],
    replaces: ["path", "/other/"],
  },
  aws_iam_role_policy: {
    config: ({ role }) => ({ name: "thing", role: role.id, policy: POLICY }),
    id: /^landscape:thing$/,
    taken: ["name"],
    missing: ["role", "none"],
    replaces: ["name", "other"],
  },
  aws_iam_role_policy_attachment: {
    config: ({ role }) => ({ role: role.id, policy_arn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" }),
    id: /^landscape\/arn:aws:iam::aws:policy\/AmazonEKSClusterPolicy$/,
    taken: ["policy_arn"],
    missing: ["policy_arn", "arn:aws:iam::111122223333:policy/none"],
    replaces: ["policy_arn", "arn:aws:iam::aws:policy/Other"],
  },
  aws_internet_gateway: {
    config: () => ({}),
    id: /^igw-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:internet-gateway/igw-\\w{17}"),
    missing: ["vpc_id", "vpc-none"],
  },
  aws_kms_alias: {
    config: ({ key }) => ({ name: "alias/thing", target_key_id: key.id }),
    id: /^alias\/thing$/,
    arn: arn("kms:eu-west-1:111122223333:alias/thing"),
    taken: ["name"],
    missing: ["target_key_id", "none"],
    replaces: ["name", "alias/other"],
  },
  aws_kms_key: {
    config: () => ({ description: "thing" }),
    id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    arn: arn("kms:eu-west-1:111122223333:key/[0-9a-f-]{36}"),
    replaces: ["key_usage", "SIGN_VERIFY"],
  },
  aws_launch_template: {
    config: () => ({ name: "thing" }),
    id: /^lt-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:launch-template/lt-\\w{17}"),
    taken: ["name"],
    replaces: ["name", "other"],
  },
  aws_nat_gateway: {
    config: ({ address, subnets }) => ({ allocation_id: address.id, subnet_id: subnets[0].id }),
    id: /^nat-0[0-9a-f]{16}$/,
    missing: ["allocation_id", "eipalloc-none"],
    replaces: ["subnet_id", "subnet-other"],
  },
  aws_route: {
    config: ({ table, gateway }) => ({
      route_table_id: table.id,
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: gateway.id,
    }),
    id: /^r-rtb-0[0-9a-f]{26}$/,
    taken: ["destination_cidr_block"],
    missing: ["gateway_id", "igw-none"],
    replaces: ["destination_cidr_block", "10.9.0.0/16"],
  },
  aws_route_table: {
    config: ({ vpc }) => ({ vpc_id: vpc.id, tags: { Name: "thing" } }),
    id: /^rtb-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:route-table/rtb-\\w{17}"),
    missing: ["vpc_id", "vpc-none"],
    replaces: ["vpc_id", "vpc-other"],
  },
  aws_route_table_association: {
    config: ({ table, subnets }) => ({ route_table_id: table.id, subnet_id: subnets[0].id }),
    id: /^rtbassoc-0[0-9a-f]{16}$/,
    taken: ["subnet_id"],
    missing: ["route_table_id", "rtb-none"],
    replaces: ["subnet_id", "subnet-other"],
  },
  aws_s3_bucket: {
    config: () => ({ bucket: "thing-111122223333" }),
    id: /^thing-111122223333$/,
    arn: arn("s3:::thing-111122223333"),
    taken: ["bucket"],
    replaces: ["bucket", "other-111122223333"],
  },
  aws_secretsmanager_secret: {
    config: () => ({ name: "thing" }),
    id: /^arn:aws:secretsmanager:eu-west-1:111122223333:secret:thing-[0-9A-Z]{6}$/,
    arn: arn("secretsmanager:eu-west-1:111122223333:secret:thing-\\w{6}"),
    taken: ["name"],
    missing: ["kms_key_id", "none"],
    replaces: ["name", "other"],
  },
  aws_security_group: {
    config: ({ vpc }) => ({ name: "thing", vpc_id: vpc.id }),
    id: /^sg-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:security-group/sg-\\w{17}"),
    taken: ["name"],
    missing: ["vpc_id", "vpc-none"],
    replaces: ["description", "other"],
  },
  aws_sqs_queue: {
    config: () => ({ name: "thing" }),
    id: /^https:\/\/sqs\.eu-west-1\.amazonaws\.com\/111122223333\/thing$/,
    arn: arn("sqs:eu-west-1:111122223333:thing"),
    taken: ["name"],
    replaces: ["name", "other"],
  },
  aws_ssm_parameter: {
    config: () => ({ name: "/thing/a", type: "String", insecure_value: "x" }),
    id: /^\/thing\/a$/,
    arn: arn("ssm:eu-west-1:111122223333:parameter/thing/a"),
    taken: ["name"],
    replaces: ["name", "/other"],
  },
  aws_subnet: {
    config: ({ vpc }) => ({ vpc_id: vpc.id, cidr_block: "10.0.9.0/24" }),
    id: /^subnet-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:subnet/subnet-\\w{17}"),
    taken: ["cidr_block"],
    missing: ["vpc_id", "vpc-none"],
    replaces: ["availability_zone", "eu-west-1c"],
  },
  aws_vpc: {
    config: () => ({ cidr_block: "10.1.0.0/16" }),
    id: /^vpc-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:vpc/vpc-\\w{17}"),
    replaces: ["cidr_block", "10.2.0.0/16"],
  },
  aws_vpc_endpoint: {
    config: ({ vpc }) => ({ vpc_id: vpc.id, service_name: "com.amazonaws.eu-west-1.s3" }),
    id: /^vpce-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:vpc-endpoint/vpce-\\w{17}"),
    missing: ["vpc_id", "vpc-none"],
    replaces: ["service_name", "com.amazonaws.eu-west-1.dynamodb"],
  },
  aws_vpc_security_group_egress_rule: {
    config: ({ group }) => ({ security_group_id: group.id, ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" }),
    id: /^sgr-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:security-group-rule/sgr-\\w{17}"),
    taken: ["cidr_ipv4"],
    missing: ["security_group_id", "sg-none"],
    replaces: ["security_group_id", "sg-other"],
  },
  aws_vpc_security_group_ingress_rule: {
    config: ({ group }) => ({
      security_group_id: group.id,
      ip_protocol: "tcp",
      from_port: 1,
      to_port: 2,
      cidr_ipv4: "10.0.0.0/16",
    }),
    id: /^sgr-0[0-9a-f]{16}$/,
    arn: arn("ec2:eu-west-1:111122223333:security-group-rule/sgr-\\w{17}"),
    taken: ["cidr_ipv4"],
    missing: ["security_group_id", "sg-none"],
    replaces: ["security_group_id", "sg-other"],
  },
  helm_release: {
    config: () => ({ name: "thing", chart: "thing", namespace: "landscape" }),
    id: /^thing$/,
    taken: ["name"],
    missing: ["namespace", "nowhere"],
    replaces: ["namespace", "default"],
  },
  kubernetes_config_map_v1: {
    config: () => ({ metadata }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
  },
  kubernetes_limit_range_v1: {
    config: () => ({ metadata }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
  },
  kubernetes_namespace_v1: {
    config: () => ({ metadata: [{ name: "thing" }] }),
    id: /^thing$/,
    taken: named,
    replaces: ["metadata", [{ name: "b" }]],
  },
  kubernetes_network_policy_v1: {
    config: () => ({ metadata, spec: [{ pod_selector: [{}], policy_types: ["Ingress"] }] }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
  },
  kubernetes_resource_quota_v1: {
    config: () => ({ metadata }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
  },
  kubernetes_role_binding_v1: {
    config: () => ({
      metadata,
      role_ref: [{ api_group: "rbac.authorization.k8s.io", kind: "Role", name: "a" }],
      subject: [{ kind: "Group", name: "team" }],
    }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
    replaces: ["role_ref", [{ api_group: "rbac.authorization.k8s.io", kind: "Role", name: "b" }]],
  },
  kubernetes_role_v1: {
    config: () => ({ metadata, rule: [{ api_groups: [""], resources: ["pods"], verbs: ["get"] }] }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
  },
  kubernetes_secret_v1: {
    config: () => ({ metadata, data: { a: "b" } }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
    replaces: ["type", "kubernetes.io/tls"],
  },
  kubernetes_service_account_v1: {
    config: () => ({ metadata }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
    replaces: ["metadata", [{ name: "other", namespace: "landscape" }]],
  },
};
