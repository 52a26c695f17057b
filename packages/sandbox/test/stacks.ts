import { PROVIDERS } from "./engine-run";

const assumeRole = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

const allow = (action: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

/** A network over two zones with everything that the network module uses. */
export const NETWORK = {
  ...PROVIDERS,
  resource: {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16", enable_dns_hostnames: true, tags: { Name: "main" } } },
    aws_subnet: {
      a: {
        vpc_id: "${aws_vpc.main.id}",
        cidr_block: "10.0.0.0/24",
        availability_zone: "eu-west-1a",
        map_public_ip_on_launch: true,
      },
      b: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.1.0/24", availability_zone: "eu-west-1b" },
    },
    aws_internet_gateway: { main: { vpc_id: "${aws_vpc.main.id}" } },
    aws_eip: { nat: { domain: "vpc" } },
    aws_nat_gateway: {
      main: {
        allocation_id: "${aws_eip.nat.id}",
        subnet_id: "${aws_subnet.a.id}",
        depends_on: ["aws_internet_gateway.main"],
      },
    },
    aws_route_table: { private: { vpc_id: "${aws_vpc.main.id}" } },
    aws_route: {
      nat: {
        route_table_id: "${aws_route_table.private.id}",
        destination_cidr_block: "0.0.0.0/0",
        nat_gateway_id: "${aws_nat_gateway.main.id}",
      },
    },
    aws_route_table_association: {
      b: { subnet_id: "${aws_subnet.b.id}", route_table_id: "${aws_route_table.private.id}" },
    },
    aws_default_security_group: { closed: { vpc_id: "${aws_vpc.main.id}" } },
    aws_security_group: { db: { name: "db", vpc_id: "${aws_vpc.main.id}", description: "database" } },
    aws_vpc_security_group_ingress_rule: {
      db: {
        security_group_id: "${aws_security_group.db.id}",
        cidr_ipv4: "10.0.0.0/16",
        ip_protocol: "tcp",
        from_port: 5432,
        to_port: 5432,
        tags: { use: "db" },
      },
    },
    aws_vpc_security_group_egress_rule: {
      db: { security_group_id: "${aws_security_group.db.id}", cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" },
    },
    aws_vpc_endpoint: {
      s3: {
        vpc_id: "${aws_vpc.main.id}",
        service_name: "com.amazonaws.eu-west-1.s3",
        route_table_ids: ["${aws_route_table.private.id}"],
      },
      ecr: {
        vpc_id: "${aws_vpc.main.id}",
        service_name: "com.amazonaws.eu-west-1.ecr.api",
        vpc_endpoint_type: "Interface",
        subnet_ids: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"],
      },
    },
    aws_kms_key: { logs: { description: "logs", enable_key_rotation: true } },
    aws_kms_alias: { logs: { name: "alias/logs", target_key_id: "${aws_kms_key.logs.key_id}" } },
    aws_cloudwatch_log_group: {
      flow: { name: "/vpc/flow", retention_in_days: 30, kms_key_id: "${aws_kms_key.logs.arn}" },
    },
    aws_iam_role: { flow: { name: "flow", assume_role_policy: assumeRole("vpc-flow-logs.amazonaws.com") } },
    aws_iam_role_policy: { flow: { role: "${aws_iam_role.flow.id}", policy: allow("logs:PutLogEvents") } },
    aws_flow_log: {
      main: {
        vpc_id: "${aws_vpc.main.id}",
        traffic_type: "ALL",
        iam_role_arn: "${aws_iam_role.flow.arn}",
        log_destination: "${aws_cloudwatch_log_group.flow.arn}",
      },
    },
    aws_ssm_parameter: {
      network: {
        name: "/paved/dev/network",
        type: "String",
        insecure_value: "${jsonencode({vpc = aws_vpc.main.id, subnets = [aws_subnet.a.id, aws_subnet.b.id]})}",
      },
    },
  },
  output: { vpc: { value: "${aws_vpc.main.arn}" }, tags: { value: "${aws_vpc.main.tags_all}" } },
};

/** A cluster in that network, which it reads from the parameter. */
export const CLUSTER = {
  ...PROVIDERS,
  data: { aws_ssm_parameter: { network: { name: "/paved/dev/network" } }, aws_caller_identity: { me: {} } },
  locals: { network: "${jsondecode(data.aws_ssm_parameter.network.insecure_value)}" },
  resource: {
    aws_iam_role: {
      cluster: { name: "cluster", assume_role_policy: assumeRole("eks.amazonaws.com") },
      nodes: { name: "nodes", assume_role_policy: assumeRole("ec2.amazonaws.com"), force_detach_policies: true },
    },
    aws_iam_policy: { nodes: { name: "nodes", policy: allow("ecr:GetAuthorizationToken") } },
    aws_iam_role_policy_attachment: {
      nodes: { role: "${aws_iam_role.nodes.name}", policy_arn: "${aws_iam_policy.nodes.arn}" },
      cni: { role: "${aws_iam_role.nodes.name}", policy_arn: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy" },
    },
    aws_kms_key: { secrets: { description: "secrets" } },
    aws_eks_cluster: {
      main: {
        name: "dev",
        role_arn: "${aws_iam_role.cluster.arn}",
        version: "1.33",
        vpc_config: [{ subnet_ids: "${local.network.subnets}", endpoint_private_access: true }],
        access_config: [{ authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false }],
        encryption_config: [{ provider: [{ key_arn: "${aws_kms_key.secrets.arn}" }], resources: ["secrets"] }],
        enabled_cluster_log_types: ["api", "audit"],
      },
    },
    aws_launch_template: {
      nodes: { name_prefix: "nodes-", metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 1 }] },
    },
    aws_eks_node_group: {
      main: {
        cluster_name: "${aws_eks_cluster.main.name}",
        node_group_name: "main",
        node_role_arn: "${aws_iam_role.nodes.arn}",
        subnet_ids: "${local.network.subnets}",
        scaling_config: [{ min_size: 1, desired_size: 2, max_size: 3 }],
        launch_template: [
          { id: "${aws_launch_template.nodes.id}", version: "${aws_launch_template.nodes.latest_version}" },
        ],
      },
    },
    aws_eks_addon: { cni: { cluster_name: "${aws_eks_cluster.main.name}", addon_name: "vpc-cni" } },
    aws_eks_access_entry: {
      team: { cluster_name: "${aws_eks_cluster.main.name}", principal_arn: "${aws_iam_role.nodes.arn}" },
    },
    aws_eks_access_policy_association: {
      team: {
        cluster_name: "${aws_eks_cluster.main.name}",
        principal_arn: "${aws_eks_access_entry.team.principal_arn}",
        policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
        access_scope: [{ type: "namespace", namespaces: ["orders"] }],
      },
    },
    aws_eks_pod_identity_association: {
      orders: {
        cluster_name: "${aws_eks_cluster.main.name}",
        namespace: "orders",
        service_account: "orders",
        role_arn: "${aws_iam_role.nodes.arn}",
      },
    },
  },
  output: {
    arn: { value: "${aws_eks_cluster.main.arn}" },
    endpoint: { value: "${aws_eks_cluster.main.endpoint}" },
    account: { value: "${data.aws_caller_identity.me.account_id}" },
  },
};

const fromCluster = { host: "${data.aws_eks_cluster.main.endpoint}", token: "none" };

/** A service's own resources, in the cloud and in the cluster. */
export const SERVICE = {
  terraform: PROVIDERS.terraform,
  provider: {
    aws: PROVIDERS.provider.aws,
    kubernetes: [fromCluster],
    helm: [{ kubernetes: fromCluster }],
  },
  data: {
    aws_eks_cluster: { main: { name: "dev" } },
    aws_ssm_parameter: { network: { name: "/paved/dev/network" } },
    aws_security_group: { db: { name: "db" } },
    aws_availability_zones: { all: {} },
    aws_region: { here: {} },
    aws_partition: { here: {} },
  },
  locals: { network: "${jsondecode(data.aws_ssm_parameter.network.value)}" },
  resource: {
    aws_db_subnet_group: { orders: { name: "orders", subnet_ids: "${local.network.subnets}" } },
    aws_db_parameter_group: {
      orders: {
        name: "orders",
        family: "postgres17",
        parameter: [
          { name: "rds.force_ssl", value: "1" },
          { name: "log_statement", value: "ddl" },
        ],
      },
    },
    aws_db_instance: {
      orders: {
        identifier: "orders",
        engine: "postgres",
        engine_version: "17",
        instance_class: "db.t4g.micro",
        allocated_storage: 20,
        username: "orders",
        manage_master_user_password: true,
        db_subnet_group_name: "${aws_db_subnet_group.orders.name}",
        parameter_group_name: "${aws_db_parameter_group.orders.name}",
        vpc_security_group_ids: ["${data.aws_security_group.db.id}"],
        skip_final_snapshot: true,
        storage_encrypted: true,
      },
    },
    aws_ecr_repository: {
      orders: {
        name: "orders",
        image_tag_mutability: "IMMUTABLE",
        image_scanning_configuration: [{ scan_on_push: true }],
      },
    },
    aws_ecr_lifecycle_policy: { orders: { repository: "${aws_ecr_repository.orders.name}", policy: '{"rules":[]}' } },
    aws_secretsmanager_secret: { orders: { name: "orders", recovery_window_in_days: 0 } },
    aws_s3_bucket: { orders: { bucket: "orders-111122223333" } },
    aws_sqs_queue: { orders: { name: "orders.fifo", fifo_queue: true } },
    kubernetes_namespace_v1: { orders: { metadata: [{ name: "orders", labels: { team: "orders" } }] } },
    kubernetes_resource_quota_v1: {
      orders: {
        metadata: [{ name: "orders", namespace: "${kubernetes_namespace_v1.orders.metadata[0].name}" }],
        spec: [{ hard: { pods: "10" } }],
      },
    },
    kubernetes_limit_range_v1: {
      orders: {
        metadata: [{ name: "orders", namespace: "${kubernetes_namespace_v1.orders.metadata[0].name}" }],
        spec: [{ limit: [{ type: "Container", default: { cpu: "1" } }] }],
      },
    },
    kubernetes_network_policy_v1: {
      deny: {
        metadata: [{ name: "deny", namespace: "${kubernetes_namespace_v1.orders.metadata[0].name}" }],
        spec: [
          {
            pod_selector: [{}],
            policy_types: ["Ingress"],
            ingress: [
              { from: [{ namespace_selector: [{ match_labels: { team: "web" } }] }], ports: [{ port: "8080" }] },
            ],
          },
        ],
      },
    },
    kubernetes_role_v1: {
      reader: {
        metadata: [{ name: "reader", namespace: "${kubernetes_namespace_v1.orders.metadata[0].name}" }],
        rule: [{ api_groups: [""], resources: ["pods"], verbs: ["get", "list"] }],
      },
    },
    kubernetes_role_binding_v1: {
      reader: {
        metadata: [{ name: "reader", namespace: "${kubernetes_namespace_v1.orders.metadata[0].name}" }],
        role_ref: [{ api_group: "rbac.authorization.k8s.io", kind: "Role", name: "reader" }],
        subject: [{ kind: "Group", name: "orders" }],
      },
    },
    kubernetes_service_account_v1: {
      orders: { metadata: [{ name: "orders", namespace: "${kubernetes_namespace_v1.orders.metadata[0].name}" }] },
    },
    kubernetes_config_map_v1: {
      facts: {
        metadata: [{ name: "facts", namespace: "${kubernetes_namespace_v1.orders.metadata[0].name}" }],
        data: { host: "${aws_db_instance.orders.address}", queue: "${aws_sqs_queue.orders.url}" },
      },
    },
    kubernetes_secret_v1: {
      token: {
        metadata: [{ name: "token", namespace: "${kubernetes_namespace_v1.orders.metadata[0].name}" }],
        data: { token: "t" },
      },
    },
    helm_release: {
      redis: {
        name: "redis",
        chart: "redis",
        repository: "https://charts.example",
        version: "1.2.3",
        namespace: "${kubernetes_namespace_v1.orders.metadata[0].name}",
        values: ['{"a":1}'],
        set: [{ name: "replicas", value: "2" }],
      },
    },
  },
  output: {
    secret: { value: "${aws_db_instance.orders.master_user_secret[0].secret_arn}" },
    endpoint: { value: "${aws_db_instance.orders.endpoint}" },
    zones: { value: "${data.aws_availability_zones.all.names}" },
    queue: { value: "${aws_sqs_queue.orders.url}" },
    image: { value: "${aws_ecr_repository.orders.repository_url}" },
  },
};
