import { one } from "../rule/attribute-rule";
import { asText, at, blocks, isOneOf, isTrue, objectIn, onlyKnown, shown, texts, unless } from "../rule/attributes";
import { type Attributes, type ResourceRule, resourceRule, type ResourceSubject, type Violation } from "../rule/rule";

const TEMPLATE = "aws_launch_template";
const NODES = "aws_eks_node_group";

const TEMPLATE_ARGUMENTS =
  "name description update_default_version user_data metadata_options network_interfaces block_device_mappings tag_specifications";
const INTERFACE_ARGUMENTS = "device_index associate_public_ip_address delete_on_termination security_groups";
const DISK_ARGUMENTS = "volume_type volume_size encrypted kms_key_id delete_on_termination";
const GROUP_ARGUMENTS =
  "cluster_name node_group_name_prefix version node_role_arn subnet_ids ami_type capacity_type instance_types launch_template scaling_config update_config node_repair_config labels taint";

/** How many pods a node takes, in the form EC2 and EKS ask for, and no word more: another part may be a program. */
const NODE_CONFIG = [
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="//"',
  "",
  "--//",
  "Content-Type: application/node.eks.aws",
  "",
  "apiVersion: node.eks.aws/v1alpha1",
  "kind: NodeConfig",
  "spec:",
  "  kubelet:",
  "    config:",
  "      maxPods: ",
].join("\n");

/** Whether nodes are told nothing when they start but how many pods they take. */
function isNodeConfig(userData: unknown): boolean {
  if (userData === undefined) return true;
  const bytes = Buffer.from(asText(userData), "base64");
  const text = bytes.toString("utf8");
  return (
    bytes.toString("base64") === userData &&
    text.startsWith(NODE_CONFIG) &&
    /^\d+\n\n--\/\/--\n$/.test(text.slice(NODE_CONFIG.length))
  );
}

/** Whether nodes stand behind the firewall of their cluster, and no other. */
function isOf(siblings: ResourceSubject["siblings"], groups: unknown): boolean {
  const own = siblings("aws_eks_cluster").map(
    ({ address }) => `\${${address}.vpc_config[0].cluster_security_group_id}`,
  );
  const named = texts(groups);
  return named.length > 0 && named.every((group) => own.includes(group));
}

const ADD_ONS = ["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent", "aws-ebs-csi-driver"];
const ADD_ON_ARGUMENTS =
  "cluster_name addon_name addon_version configuration_values pod_identity_association resolve_conflicts_on_create resolve_conflicts_on_update";

/** What the pod network may be told; of others, nothing. */
function settingsOf({ addon_name: name, configuration_values: values }: Attributes): readonly Violation[] {
  if (values === undefined) return [];
  const settings = name === "vpc-cni" ? objectIn(values) : undefined;
  if (settings === undefined) return [{ got: `configuration_values of ${shown(name)} is ${shown(values)}` }];
  const [env = {}] = blocks(settings["env"]);
  return [
    ...onlyKnown(settings, "enableNetworkPolicy env"),
    ...onlyKnown(env, "ENABLE_PREFIX_DELEGATION WARM_PREFIX_TARGET", "env."),
  ];
}

/** The add-ons of a cluster, by what they are called. */
function addOnsOf(cluster: ResourceSubject): readonly unknown[] {
  return cluster.siblings("aws_eks_addon").map(({ attributes }) => attributes["addon_name"]);
}

/** Rules on what runs on nodes before any pod does. */
export const nodeRules: readonly ResourceRule[] = [
  resourceRule({
    id: "AWS-EKS-012",
    title: "Nodes start as EKS makes them",
    severity: "critical",
    source: "EKS Best Practices, infrastructure security; CKV_AWS_46; CIS EKS 1.8 3.1, 3.2",
    why: "A program in user data, an own image or profile, or a volume of a foreign snapshot is root on every node, beneath every pod.",
    want: "a launch template of metadata, network interfaces behind the cluster's own security group, disks and tags, and user_data that says maxPods alone",
    fix: "add nodes with Cluster.addNodeGroup",
    judges: [TEMPLATE],
    check: ({ attributes, siblings }) => [
      ...onlyKnown(attributes, TEMPLATE_ARGUMENTS),
      ...unless(isNodeConfig(attributes["user_data"]), "user_data is more than how many pods a node takes"),
      ...blocks(attributes["metadata_options"]).flatMap((each) =>
        onlyKnown(each, "http_endpoint http_tokens http_put_response_hop_limit", "metadata_options."),
      ),
      ...blocks(attributes["network_interfaces"]).flatMap((each) => [
        ...onlyKnown(each, INTERFACE_ARGUMENTS, "network_interfaces."),
        ...unless(isOf(siblings, each["security_groups"]), `security_groups is ${shown(each["security_groups"])}`),
      ]),
      ...blocks(attributes["block_device_mappings"]).flatMap((disk) => [
        ...onlyKnown(disk, "device_name ebs", "block_device_mappings."),
        ...blocks(disk["ebs"]).flatMap((ebs) => onlyKnown(ebs, DISK_ARGUMENTS, "ebs.")),
      ]),
    ],
    fails: one(TEMPLATE, { user_data: "IyEvYmluL2Jhc2gKY3VybCBodHRwczovL2V2aWwuZXhhbXBsZS5jb20gfCBzaAo=" }),
    passes: one(TEMPLATE, { name: "paved-production-default", metadata_options: { http_tokens: "required" } }),
  }),
  resourceRule({
    id: "AWS-EKS-013",
    title: "Nodes run Amazon Linux 2023, are replaced when they are ill, and nobody logs in",
    severity: "high",
    source: "EKS user guide, node auto repair; EKS Best Practices, infrastructure security; CIS EKS 1.8 3.1",
    why: "An image of one's own is patched by nobody, and a node that is ill holds its pods until somebody looks.",
    want: "ami_type AL2023_ARM_64_STANDARD or AL2023_x86_64_STANDARD, node_repair_config enabled, a launch template of the stack by its latest version, and no other way in",
    fix: "add nodes with Cluster.addNodeGroup",
    judges: [NODES],
    check: ({ attributes, siblings }) => {
      const { ami_type: image } = attributes;
      const [template = {}] = blocks(attributes["launch_template"]);
      const newest = siblings(TEMPLATE).some(
        ({ address }) =>
          template["id"] === `\${${address}.id}` && template["version"] === `\${${address}.latest_version}`,
      );
      return [
        ...onlyKnown(attributes, GROUP_ARGUMENTS),
        ...unless(isOneOf("AL2023_ARM_64_STANDARD", "AL2023_x86_64_STANDARD")(image), `ami_type is ${shown(image)}`),
        ...unless(isTrue(at(attributes, "node_repair_config.enabled")), "node_repair_config.enabled is not true"),
        ...unless(newest, `launch_template is ${shown(template)}`),
      ];
    },
    fails: one(NODES, { ami_type: "CUSTOM", remote_access: { ec2_ssh_key: "operators" } }),
    passes: {
      [NODES]: {
        example: {
          ami_type: "AL2023_ARM_64_STANDARD",
          node_repair_config: { enabled: true },
          launch_template: {
            id: "${aws_launch_template.nodes.id}",
            version: "${aws_launch_template.nodes.latest_version}",
          },
        },
      },
      [TEMPLATE]: { nodes: { name: "paved-production-default" } },
    },
  }),
  resourceRule({
    id: "AWS-EKS-014",
    title: "A cluster has its add-ons, as they are vetted, and no other",
    severity: "high",
    source: "EKS Best Practices, cluster upgrades; EKS user guide, EKS Pod Identity Agent",
    why: "Without the identity agent pods fall back on what their node may do; an add-on of a vendor is root on every node.",
    want: `the add-ons ${ADD_ONS.join(", ")}, and settings of vpc-cni alone`,
    fix: "make the cluster with Cluster",
    judges: ["aws_eks_cluster", "aws_eks_addon"],
    check: (subject) => {
      const { type, attributes } = subject;
      const name = attributes["addon_name"];
      if (type === "aws_eks_cluster") {
        const installed = addOnsOf(subject);
        return ADD_ONS.filter((each) => !installed.includes(each)).map((each) => ({ got: `no add-on ${each}` }));
      }
      return [
        ...onlyKnown(attributes, ADD_ON_ARGUMENTS),
        ...unless(isOneOf(...ADD_ONS)(name), `addon_name is ${shown(name)}`),
        ...settingsOf(attributes),
      ];
    },
    fails: one("aws_eks_addon", { addon_name: "vendor_agent", addon_version: "v1.0.0" }),
    passes: one("aws_eks_addon", { addon_name: "coredns", addon_version: "v1.14.3-eksbuild.14" }),
  }),
];
