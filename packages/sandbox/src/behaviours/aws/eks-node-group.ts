import { awsRefusal, type Check, defineBehaviour, refers, unique } from "../define";
import { clusterExists } from "./eks-part";
import { roleExists } from "./iam";

const WORDS = { doing: "creating EKS Node Group", call: "EKS: CreateNodegroup" };

const sizesFit: Check = (it) => {
  const [min, desired, max] = ["min_size", "desired_size", "max_size"].map((name) =>
    it.number(`scaling_config.${name}`),
  );
  if (min === undefined || desired === undefined || max === undefined) return;
  if (min <= desired && desired <= max && max >= 1) return;
  const message = `desired capacity ${desired} must be between minimum ${min} and maximum ${max}, and maximum must be positive`;
  const fix = "Keep min_size <= desired_size <= max_size, and max_size at least 1.";
  throw awsRefusal(it, {
    ...WORDS,
    code: "InvalidParameterException",
    message,
    fix,
    path: "scaling_config.desired_size",
  });
};

export const eksNodeGroup = defineBehaviour({
  type: "aws_eks_node_group",
  id: (it) => `${it.text("cluster_name")}:${it.text("node_group_name")}`,
  arn: (it) => it.arn("eks", `nodegroup/${it.text("cluster_name")}/${it.text("node_group_name")}/${it.uuid()}`),
  replaceOn: [
    "ami_type",
    "capacity_type",
    "cluster_name",
    "disk_size",
    "instance_types",
    "launch_template.name",
    "node_group_name",
    "node_group_name_prefix",
    "node_role_arn",
    "remote_access",
    "subnet_ids",
  ],
  recompute: { release_version: ["version"] },
  computed: (it) => {
    const hasTemplate = it.get("launch_template.version") !== undefined;
    const version =
      it.text("version") ?? it.find("aws_eks_cluster", "name", it.text("cluster_name"))?.text("version") ?? "";
    return {
      ami_type: "AL2023_x86_64_STANDARD",
      capacity_type: "ON_DEMAND",
      disk_size: hasTemplate ? 0 : 20,
      instance_types: hasTemplate ? [] : ["t3.medium"],
      release_version: `${version}.0-20250101`,
      resources: [
        {
          autoscaling_groups: [{ name: `eks-${it.text("node_group_name")}-${it.uuid("group")}` }],
          remote_access_security_group_id: "",
        },
      ],
      status: "ACTIVE",
      version,
    };
  },
  validate: [sizesFit],
  checks: [
    clusterExists(WORDS),
    roleExists("node_role_arn", WORDS),
    refers("subnet_ids", "aws_subnet", {
      ...WORDS,
      code: "InvalidParameterException",
      message: (id) => `The subnet ID '${id}' does not exist`,
    }),
    unique(["cluster_name", "node_group_name"], {
      ...WORDS,
      code: "ResourceInUseException",
      message: (it) =>
        `NodeGroup already exists with name ${it.text("node_group_name")} and cluster name ${it.text("cluster_name")}`,
    }),
  ],
});
