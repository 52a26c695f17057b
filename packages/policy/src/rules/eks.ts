import { isOwnKey } from "../rule/own";
import { attributeRule, one } from "../rule/attribute-rule";
import { blocks, isFalse, isOneOf, isSet, objectIn, onlyKnown, shown, texts, unless } from "../rule/attributes";
import { type ResourceRule, resourceRule } from "../rule/rule";

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
const CLUSTER = "aws_eks_cluster";
const ENTRY = "aws_eks_access_entry";
const POLICY = "arn:aws:eks::aws:cluster-access-policy/";

/** Roles that have a policy of the whole cluster: the platform's people, the pipeline that applies, and the one that looks. */
const POLICY_OF: Readonly<Record<string, string>> = {
  "paved-platform-admin": "AmazonEKSClusterAdminPolicy",
  "paved-apply": "AmazonEKSClusterAdminPolicy",
  "paved-observe": "AmazonEKSAdminViewPolicy",
};

function inWords(policies: Readonly<Record<string, string>>): string {
  return Object.entries(policies)
    .map(([role, policy]) => `${role} (${policy})`)
    .join(", ");
}

const ENTRY_ARGUMENTS = "cluster_name principal_arn type kubernetes_groups";

/** Arguments of a cluster. Others let nodes of elsewhere, other identities or another network in. */
const CLUSTER_ARGUMENTS =
  "name version role_arn vpc_config enabled_cluster_log_types encryption_config access_config bootstrap_self_managed_addons upgrade_policy deletion_protection";

/** Rules on clusters, their nodes, add-ons and who may enter. */
export const eksRules: readonly ResourceRule[] = [
  attributeRule({
    id: "AWS-EKS-001",
    title: "The API endpoint of a cluster is private",
    severity: "critical",
    source: "Security Hub EKS.1; CIS EKS 1.8 5.4.1, 5.4.2; CKV_AWS_38, CKV_AWS_39",
    why: "A public endpoint lets the whole internet try stolen credentials and the next flaw of the API server.",
    want: "endpoint_public_access false and endpoint_private_access true",
    fix: "make the cluster with Cluster, which leaves the public endpoint closed",
    type: CLUSTER,
    demands: { "vpc_config.endpoint_public_access": isFalse, "vpc_config.endpoint_private_access": isOneOf(true) },
    fails: { vpc_config: { endpoint_public_access: true, endpoint_private_access: true } },
    passes: { vpc_config: { endpoint_public_access: false, endpoint_private_access: true } },
  }),
  attributeRule({
    id: "AWS-EKS-002",
    title: "Kubernetes secrets are encrypted with an own key",
    severity: "high",
    source: "Security Hub EKS.3; CIS EKS 1.8 5.3.1; CKV_AWS_58",
    why: "Without envelope encryption a copy of the cluster's storage is a copy of every secret.",
    want: "encryption_config of secrets with a key of the account",
    fix: "make the cluster with Cluster, which brings its own key",
    type: CLUSTER,
    demands: {
      "encryption_config.resources": (value) => texts(value).includes("secrets"),
      "encryption_config.provider.key_arn": isOwnKey,
    },
    fails: { name: "paved-dev" },
    passes: { encryption_config: { resources: ["secrets"], provider: { key_arn: "${aws_kms_key.secrets.arn}" } } },
  }),
  attributeRule({
    id: "AWS-EKS-003",
    title: "The control plane writes all its logs",
    severity: "medium",
    source: "Security Hub EKS.8; CIS EKS 1.8 2.1.1; CKV_AWS_37",
    why: "Who did what with the API cannot be found out afterwards.",
    want: `enabled_cluster_log_types with ${LOG_TYPES.join(", ")}`,
    fix: "make the cluster with Cluster, which enables all five",
    type: CLUSTER,
    demands: { enabled_cluster_log_types: (value) => LOG_TYPES.every((type) => texts(value).includes(type)) },
    fails: { enabled_cluster_log_types: ["api", "audit"] },
    passes: { enabled_cluster_log_types: LOG_TYPES },
  }),
  attributeRule({
    id: "AWS-EKS-004",
    title: "Access to a cluster is by access entries alone",
    severity: "high",
    source: "CIS EKS 1.8 4.1.7, 5.5.1; EKS Best Practices, identity and access management",
    why: "The aws-auth ConfigMap can lock everybody out or let anybody in, and who creates a cluster stays its admin unseen.",
    want: "authentication_mode API, and no admin permissions for who creates the cluster",
    fix: "make the cluster with Cluster and say who enters with addAccess",
    type: CLUSTER,
    demands: {
      "access_config.authentication_mode": isOneOf("API"),
      "access_config.bootstrap_cluster_creator_admin_permissions": isFalse,
    },
    fails: { access_config: { authentication_mode: "CONFIG_MAP" } },
    passes: { access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false } },
  }),
  attributeRule({
    id: "AWS-EKS-005",
    title: "A cluster names its version and stays on standard support",
    severity: "high",
    source: "Security Hub EKS.2; CKV_AWS_339",
    why: "A version that AWS chooses changes by itself, and one on extended support costs six times as much and gets fixes late.",
    want: "a version, and upgrade_policy.support_type STANDARD",
    fix: "make the cluster with Cluster, which names both",
    type: CLUSTER,
    demands: {
      version: (value) => typeof value === "string" && /^1\.\d+$/.test(value),
      "upgrade_policy.support_type": isOneOf("STANDARD"),
    },
    fails: { name: "paved-dev" },
    passes: { version: "1.36", upgrade_policy: { support_type: "STANDARD" } },
  }),
  resourceRule({
    id: "AWS-EKS-006",
    title: "Nobody logs in to nodes",
    severity: "high",
    source: "CKV_AWS_100; EKS Best Practices, infrastructure security",
    why: "A key pair is a credential that nobody rotates, and a way to the kubelet's own credentials.",
    want: "no remote_access on a node group and no key_name in a launch template",
    fix: "remove the key; reach a node with Session Manager when it must be",
    judges: ["aws_eks_node_group", "aws_launch_template"],
    check: ({ attributes }) => [
      ...unless(!isSet(attributes["remote_access"]), "remote_access"),
      ...unless(!isSet(attributes["key_name"]), `key_name is ${shown(attributes["key_name"])}`),
    ],
    fails: one("aws_eks_node_group", { remote_access: { ec2_ssh_key: "operators" } }),
    passes: one("aws_eks_node_group", { node_group_name_prefix: "default-" }),
  }),
  attributeRule({
    id: "AWS-EKS-007",
    title: "An add-on has a version",
    severity: "medium",
    source: "EKS Best Practices, cluster upgrades",
    why: "An add-on without a version is whatever was newest on the day of the apply, another in each environment.",
    want: "addon_version",
    fix: "name the version in the add-on's list of releases",
    type: "aws_eks_addon",
    demands: { addon_version: isSet },
    fails: { addon_name: "vpc-cni" },
    passes: { addon_name: "vpc-cni", addon_version: "v1.20.4-eksbuild.2" },
  }),
  attributeRule({
    id: "AWS-EKS-008",
    title: "Nodes stand in the launch template that hardens them",
    severity: "high",
    source: "CKV_AWS_79; EKS Best Practices, infrastructure security",
    why: "A node group without a launch template takes the defaults: metadata reachable from pods, disks under a shared key.",
    want: "launch_template",
    fix: "add nodes with Cluster.addNodeGroup",
    type: "aws_eks_node_group",
    demands: { "launch_template.id": isSet },
    fails: { node_group_name_prefix: "default-" },
    passes: { launch_template: { id: "${aws_launch_template.nodes.id}", version: "1" } },
  }),
  resourceRule({
    id: "AWS-EKS-009",
    title: "Only the platform's administrators rule a cluster",
    severity: "critical",
    source: "CIS EKS 1.8 4.1.1; Security Hub IAM.1",
    why: "An entry for everybody in the account, or a cluster policy for a team, undoes every other border in the cluster.",
    want: `access entries of roles of the account with groups team:… alone; a policy of the whole cluster for nobody but ${inWords(POLICY_OF)}`,
    fix: "let teams in with groups bound in their own namespaces",
    judges: [ENTRY, "aws_eks_access_policy_association"],
    check: ({ type, attributes, environment }) => {
      const { principal_arn: principal, kubernetes_groups: groups, policy_arn: policy } = attributes;
      const roles = `arn:aws:iam::${environment.account}:role/`;
      const role = texts(principal)
        .find((arn) => arn.startsWith(roles))
        ?.slice(roles.length);
      const own = Object.hasOwn(POLICY_OF, role ?? "") ? POLICY_OF[role ?? ""] : undefined;
      if (type !== ENTRY) {
        return unless(own !== undefined && policy === POLICY + own, `${shown(policy)} for ${shown(principal)}`);
      }
      const named = texts(groups);
      return [
        ...onlyKnown(attributes, ENTRY_ARGUMENTS),
        ...unless(/^[\w+=,.@/-]+$/.test(role ?? ""), `principal_arn is ${shown(principal)}`),
        ...unless(isOneOf(undefined, "STANDARD")(attributes["type"]), `type is ${shown(attributes["type"])}`),
        ...unless(
          (own !== undefined || named.length > 0) && named.every((group) => /^team:[a-z][a-z0-9-]*$/.test(group)),
          `kubernetes_groups is ${shown(groups)} for ${shown(principal)}`,
        ),
      ];
    },
    fails: one(ENTRY, { principal_arn: "arn:aws:iam::111111111111:root" }),
    passes: one(ENTRY, {
      principal_arn: "arn:aws:iam::111111111111:role/commerce",
      kubernetes_groups: ["team:commerce"],
    }),
  }),
  resourceRule({
    id: "AWS-EKS-010",
    title: "A cluster of a protected environment cannot be deleted by mistake",
    severity: "medium",
    source: "EKS user guide, protect clusters from accidental deletion",
    why: "A destroy in the wrong directory takes every workload with it.",
    want: "deletion_protection true where the environment is protected",
    fix: "protect it with the environment's protection",
    judges: [CLUSTER],
    check: ({ attributes, environment }) =>
      unless(!environment.protected || attributes["deletion_protection"] === true, "deletion_protection is not true"),
    fails: one(CLUSTER, { deletion_protection: false }),
    passes: one(CLUSTER, { deletion_protection: true }),
  }),
  resourceRule({
    id: "AWS-EKS-011",
    title: "The network of a cluster enforces network policies",
    severity: "critical",
    source: "CIS EKS 1.8 4.3.1, 5.4.4; NSA 3.0; Amazon VPC CNI, network policy",
    why: "Without it every network policy is accepted, and none is enforced.",
    want: 'enableNetworkPolicy "true" in the configuration of the add-on vpc-cni',
    fix: "make the cluster with Cluster, which sets it",
    judges: ["aws_eks_addon"],
    appliesTo: ({ attributes }) => attributes["addon_name"] === "vpc-cni",
    check: ({ attributes }) => {
      const configuration = attributes["configuration_values"];
      return unless(
        objectIn(configuration)?.["enableNetworkPolicy"] === "true",
        `configuration_values is ${shown(configuration)}`,
      );
    },
    fails: one("aws_eks_addon", { addon_name: "vpc-cni", addon_version: "v1.20.4-eksbuild.2" }),
    passes: one("aws_eks_addon", { addon_name: "vpc-cni", configuration_values: '{"enableNetworkPolicy":"true"}' }),
  }),
  resourceRule({
    id: "AWS-EKS-015",
    title: "A cluster takes nodes, identities and addresses of its own environment alone",
    severity: "high",
    source: "EKS user guide, hybrid nodes and OIDC identity providers; EKS Best Practices, infrastructure security",
    why: "Nodes of elsewhere, a second issuer of identities or a mode in which EKS makes nodes pass every rule on nodes and access.",
    want: "vpc_config of subnets and endpoints, and none of remote_network_config, compute_config, outpost_config and the like",
    fix: "make the cluster with Cluster",
    judges: [CLUSTER],
    check: ({ attributes }) => [
      ...onlyKnown(attributes, CLUSTER_ARGUMENTS),
      ...blocks(attributes["vpc_config"]).flatMap((each) =>
        onlyKnown(each, "subnet_ids endpoint_private_access endpoint_public_access", "vpc_config."),
      ),
    ],
    fails: one(CLUSTER, { remote_network_config: { remote_node_networks: { cidrs: ["192.168.0.0/16"] } } }),
    passes: one(CLUSTER, { name: "paved-production", version: "1.36" }),
  }),
];
