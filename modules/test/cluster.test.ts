import * as fc from "fast-check";
import {
  ADD_ON_VERSIONS,
  Cluster,
  clusterName,
  contractLedger,
  MAX_PODS,
  type NodeGroupOptions,
  teamGroup,
} from "../src";
import { amiTypeOf } from "../src/cluster/architecture";
import { dev, networkFacts, production, synthIn } from "./support/stacks";

const cluster = (environment: typeof dev | typeof production, more: (made: Cluster) => void = () => undefined) =>
  synthIn(environment, (stack) => more(new Cluster(stack, "cluster", { network: networkFacts })), "cluster");
const minimal = cluster(dev);

const gpu: NodeGroupOptions = {
  instanceTypes: ["g6.xlarge", "g6.2xlarge"],
  min: 1,
  max: 2,
  diskGiB: 200,
  labels: { "paved.dev/kind": "gpu" },
  taints: { "nvidia.com/gpu": "present" },
};

test("snapshot: dev", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production, with further nodes and a team's access", () => {
  const full = cluster(production, (made) => {
    made.addNodeGroup("gpu", gpu);
    made.addAccess("commerce", {
      principalArn: "arn:aws:iam::333333333333:role/commerce",
      policy: "view",
      groups: ["team:commerce"],
    });
  });
  expect(full.summary()).toMatchSnapshot();
});

test("is called by the environment, so that other stacks can find it", () => {
  expect(clusterName(dev)).toBe("paved-dev");
  expect(minimal.only("aws_eks_cluster")["name"]).toBe("paved-dev");
});

test("is reached from inside the network only", () => {
  expect(minimal.only("aws_eks_cluster")["vpc_config"]).toEqual({
    subnet_ids: networkFacts.intraSubnetIds,
    endpoint_private_access: true,
    endpoint_public_access: false,
  });
});

test("its endpoint is reached from the runner's and the people's networks, at the port of the API", () => {
  const rules = Object.values(minimal.resources("aws_vpc_security_group_ingress_rule"));
  expect(rules.map((rule) => rule["cidr_ipv4"])).toEqual(dev.cluster.api.from);
  for (const rule of rules) {
    expect(rule).toMatchObject({ ip_protocol: "tcp", from_port: 443, to_port: 443 });
    expect(rule["security_group_id"]).toBe(
      "${aws_eks_cluster.cluster_control-plane.vpc_config[0].cluster_security_group_id}",
    );
  }
});

test("keeps all five kinds of log, in a group that is encrypted and there before it", () => {
  const resource = minimal.only("aws_eks_cluster");
  expect(resource["enabled_cluster_log_types"]).toEqual([
    "api",
    "audit",
    "authenticator",
    "controllerManager",
    "scheduler",
  ]);
  expect(resource["depends_on"]).toContain("aws_cloudwatch_log_group.cluster_logs_group");
  expect(minimal.only("aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/eks/paved-dev/cluster",
    retention_in_days: dev.cluster.logRetentionDays,
    kms_key_id: "${aws_kms_key.cluster_logs-key_key.arn}",
  });
});

test("encrypts secrets with a key of its own", () => {
  expect(minimal.only("aws_eks_cluster")["encryption_config"]).toEqual({
    resources: ["secrets"],
    provider: { key_arn: "${aws_kms_key.cluster_secrets-key_key.arn}" },
  });
});

test("lets in the platform team, the pipeline and each team that owns services, and not whoever created it", () => {
  expect(minimal.only("aws_eks_cluster")["access_config"]).toEqual({
    authentication_mode: "API",
    bootstrap_cluster_creator_admin_permissions: false,
  });
  const entries = Object.values(minimal.resources("aws_eks_access_entry")).map((entry) => entry["principal_arn"]);
  expect(entries).toEqual([
    "arn:aws:iam::111111111111:role/paved-platform-admin",
    "arn:aws:iam::111111111111:role/paved-observe",
    "arn:aws:iam::111111111111:role/paved-apply",
    ...Object.values(dev.teams),
  ]);
  expect(minimal.at("aws_eks_access_entry.cluster_access-team-commerce_entry")).toMatchObject({
    principal_arn: dev.teams["commerce"],
    kubernetes_groups: [teamGroup("commerce")],
  });
  expect(Object.keys(minimal.resources("aws_eks_access_policy_association"))).toHaveLength(3);
});

test("lets no pull request in", () => {
  const entries = Object.values(minimal.resources("aws_eks_access_entry")).map((entry) => entry["principal_arn"]);
  expect(entries).not.toContain("arn:aws:iam::111111111111:role/paved-plan");
});

test("runs on standard support only", () => {
  expect(minimal.only("aws_eks_cluster")["upgrade_policy"]).toEqual({ support_type: "STANDARD" });
});

test("is not deleted where the environment is protected", () => {
  expect(cluster(production).only("aws_eks_cluster")).toMatchObject({
    deletion_protection: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(minimal.only("aws_eks_cluster")["deletion_protection"]).toBe(false);
});

test("pins the version of every add-on", () => {
  const pinned = Object.values(minimal.resources("aws_eks_addon")).map((addOn) => [
    addOn["addon_name"],
    addOn["addon_version"],
  ]);
  expect(Object.fromEntries(pinned)).toEqual(ADD_ON_VERSIONS[dev.cluster.version]);
});

test("enforces network policies", () => {
  const addOn = minimal.at("aws_eks_addon.cluster_add-ons_vpc-cni");
  expect(JSON.parse(String(addOn["configuration_values"]))).toMatchObject({ enableNetworkPolicy: "true" });
});

test("a node has addresses for as many pods as its kubelet takes", () => {
  const addOn = minimal.at("aws_eks_addon.cluster_add-ons_vpc-cni");
  expect(JSON.parse(String(addOn["configuration_values"]))).toMatchObject({
    env: { ENABLE_PREFIX_DELEGATION: "true" },
  });
  const told = Buffer.from(String(minimal.only("aws_launch_template")["user_data"]), "base64").toString();
  expect(told).toContain(
    "Content-Type: application/node.eks.aws\n\napiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig",
  );
  expect(told).toContain(`maxPods: ${MAX_PODS}\n`);
});

test("nodes start after the network add-ons, and the add-ons with pods after the nodes", () => {
  expect(minimal.only("aws_eks_node_group")["depends_on"]).toEqual(
    expect.arrayContaining([
      "aws_eks_addon.cluster_add-ons_vpc-cni",
      "aws_eks_addon.cluster_add-ons_kube-proxy",
      "aws_eks_addon.cluster_add-ons_eks-pod-identity-agent",
    ]),
  );
  for (const name of ["coredns", "aws-ebs-csi-driver"]) {
    expect(minimal.at(`aws_eks_addon.cluster_add-ons_${name}`)["depends_on"]).toContain(
      "aws_eks_node_group.cluster_default_nodes",
    );
  }
});

test("add-ons that call AWS have a role of their own, for their service account only", () => {
  const driver = minimal.at("aws_eks_addon.cluster_add-ons_aws-ebs-csi-driver");
  expect(driver["pod_identity_association"]).toEqual([
    {
      service_account: "ebs-csi-controller-sa",
      role_arn: "${aws_iam_role.cluster_add-ons_aws-ebs-csi-driver-identity_role.arn}",
    },
  ]);
  const role = minimal.at("aws_iam_role.cluster_add-ons_aws-ebs-csi-driver-identity_role");
  expect(role["assume_role_policy"]).toContain('"aws:RequestTag/kubernetes-service-account":"ebs-csi-controller-sa"');
});

test("nodes may join and pull images, and nothing else", () => {
  const attached = Object.entries(minimal.resources("aws_iam_role_policy_attachment"))
    .filter(([name]) => name.startsWith("cluster_node-role"))
    .map(([, attachment]) => attachment["policy_arn"]);
  expect(attached).toEqual([
    "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
  ]);
});

test("nodes want a session token for metadata and answer no pod, have no public address, and encrypt their disks", () => {
  const template = minimal.only("aws_launch_template");
  expect(template).toMatchObject({
    metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
    network_interfaces: [{ associate_public_ip_address: "false" }],
    block_device_mappings: [
      { ebs: { encrypted: "true", volume_type: "gp3", kms_key_id: "${aws_kms_key.cluster_disk-key_key.arn}" } },
    ],
  });
});

test("what EC2 starts from the template says whose it is", () => {
  const tagged = minimal.only("aws_launch_template")["tag_specifications"] as { resource_type: string; tags: object }[];
  expect(tagged.map((entry) => entry.resource_type)).toEqual(["instance", "volume", "network-interface"]);
  for (const { tags } of tagged) expect(tags).toMatchObject({ environment: "dev", owner: "commerce" });
});

test("nodes stand in the private subnets, a third replaced at a time", () => {
  expect(minimal.only("aws_eks_node_group")).toMatchObject({
    subnet_ids: networkFacts.privateSubnetIds,
    update_config: { max_unavailable_percentage: 33 },
  });
});

test("a plan leaves the number of nodes to the autoscaler, and new nodes come before old ones go", () => {
  expect(minimal.only("aws_eks_node_group")["lifecycle"]).toEqual({
    ignore_changes: ["scaling_config[0].desired_size"],
    create_before_destroy: true,
  });
});

test("publishes its name and security group", () => {
  const published: (readonly string[])[] = [];
  synthIn(dev, (stack) => {
    new Cluster(stack, "cluster", { network: networkFacts });
    published.push(contractLedger(stack).publishedBy(stack));
  });
  expect(published).toEqual([["cluster@1"]]);
  expect(minimal.only("aws_ssm_parameter")["insecure_value"]).toContain("vpc_config[0].cluster_security_group_id");
});

test.each([
  [["m7g.large", "c7gn.xlarge"], "AL2023_ARM_64_STANDARD"],
  [["t4g.small"], "AL2023_ARM_64_STANDARD"],
  [["a1.large"], "AL2023_ARM_64_STANDARD"],
  [["m7i.large", "g6.xlarge"], "AL2023_x86_64_STANDARD"],
])("nodes of %j run %s", (types, image) => {
  expect(amiTypeOf(types, "here")).toBe(image);
});

test("types of one architecture have its image in any number and order, and a mixture has none", () => {
  const types = fc.subarray(["m7g.large", "c7gn.large", "m7i.large", "g6.xlarge"], { minLength: 1 });
  fc.assert(
    fc.property(types, (some) => {
      const architectures = new Set(some.map((type) => amiTypeOf([type], "here")));
      if (architectures.size > 1) expect(() => amiTypeOf(some, "here")).toThrow(/PVD1002 here/);
      else expect(amiTypeOf(some.toReversed(), "here")).toBe([...architectures][0]);
    }),
  );
});

test("fails with PVD1002 when a node group mixes architectures", () => {
  const mixed = { ...gpu, instanceTypes: ["m7g.large", "m7i.large"] };
  expect(() => cluster(dev, (made) => void made.addNodeGroup("mixed", mixed))).toThrow(
    /PVD1002 dev-orders\/cluster\/mixed: .*give m7i\.large a node group of their own/,
  );
});

test("fails with PVD1002 when no add-ons are pinned for the Kubernetes version", () => {
  const old = { ...dev, cluster: { ...dev.cluster, version: "1.29" } };
  expect(() => cluster(old)).toThrow(/PVD1002 cluster\.version: got "1\.29"/);
});

test("fails with PVD1006 when the name of a node group leaves no room for what EKS appends", () => {
  expect(() => cluster(dev, (made) => void made.addNodeGroup("n".repeat(37), gpu))).toThrow(/PVD1006/);
});

test("fails with PVD1025 when access is given to nothing", () => {
  const principalArn = "arn:aws:iam::111111111111:role/commerce";
  expect(() => cluster(dev, (made) => void made.addAccess("commerce", { principalArn }))).toThrow(
    /PVD1025 dev-orders\/cluster\/access-commerce: got neither policy nor group/,
  );
});

test("fails with PVD1025 when access is given to a group that EKS keeps for itself", () => {
  const access = { principalArn: "arn:aws:iam::111111111111:role/commerce", groups: ["system:masters"] };
  expect(() => cluster(dev, (made) => void made.addAccess("commerce", access))).toThrow(
    /PVD1025 .*got group "system:masters"/,
  );
});
