import { awsRefusal, type Check, defineBehaviour, notUsedBy, refers, unique } from "../define";
import { CREATED_AT, type Instance } from "../instance";
import { roleExists } from "./iam";
import { kmsKeyUsable } from "./kms-key";
import { GIVEN_GROUPS } from "./security-group-rule";

const WORDS = { doing: "creating EKS Cluster", call: "EKS: CreateCluster" };
const LATEST_VERSION = "1.34";

const nameIsAllowed: Check = (it) => {
  const name = it.text("name");
  if (name === undefined || /^[0-9A-Za-z][\w-]{0,99}$/.test(name)) return;
  const fix = "Use at most 100 letters, digits, '-' and '_', beginning with a letter or digit.";
  throw awsRefusal(it, {
    ...WORDS,
    code: "InvalidParameterException",
    message: `cluster name ${name} is invalid`,
    fix,
    path: "name",
  });
};

const spansTwoZones: Check = (it) => {
  const subnets = it.texts("vpc_config.subnet_ids").map((id) => it.find("aws_subnet", "id", id));
  const zones = new Set(subnets.map((subnet) => subnet?.text("availability_zone")));
  if (zones.size >= 2) return;
  const message = "Subnets specified must be in at least two different AZs";
  const fix = `Add a subnet of another zone than ${[...zones].join(", ")}.`;
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterException", message, fix, path: "vpc_config.subnet_ids" });
};

function vpcOf(it: Instance): string {
  return it.find("aws_subnet", "id", it.texts("vpc_config.subnet_ids")[0])?.text("vpc_id") ?? "";
}

const doing = { doing: "deleting EKS Cluster", call: "EKS: DeleteCluster" };

export const eksCluster = defineBehaviour({
  type: "aws_eks_cluster",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("eks", `cluster/${it.id}`),
  defaults: {
    "access_config.authentication_mode": "CONFIG_MAP",
    bootstrap_self_managed_addons: true,
    deletion_protection: false,
    "kubernetes_network_config.ip_family": "ipv4",
    "kubernetes_network_config.service_ipv4_cidr": "172.20.0.0/16",
    "vpc_config.endpoint_private_access": false,
    "vpc_config.endpoint_public_access": true,
    version: LATEST_VERSION,
  },
  replaceOn: [
    "access_config.bootstrap_cluster_creator_admin_permissions",
    "bootstrap_self_managed_addons",
    "encryption_config.provider.key_arn",
    "kubernetes_network_config.ip_family",
    "kubernetes_network_config.service_ipv4_cidr",
    "name",
    "outpost_config",
    "role_arn",
  ],
  recompute: { platform_version: ["version"] },
  computed: (it) => {
    const id = it.hex(32, "endpoint").toUpperCase();
    return {
      certificate_authority: [{ data: Buffer.from(`sandbox certificate authority of ${it.id}`).toString("base64") }],
      cluster_id: "",
      created_at: CREATED_AT,
      endpoint: `https://${id}.gr7.${it.place.region}.eks.amazonaws.com`,
      identity: [{ oidc: [{ issuer: `https://oidc.eks.${it.place.region}.amazonaws.com/id/${id}` }] }],
      kubernetes_network_config: [{ elastic_load_balancing: [{ enabled: false }], service_ipv6_cidr: "" }],
      platform_version: "eks.1",
      status: "ACTIVE",
      upgrade_policy: [{ support_type: "EXTENDED" }],
      vpc_config: [
        { cluster_security_group_id: it.ec2Id("sg", "cluster"), public_access_cidrs: ["0.0.0.0/0"], vpc_id: vpcOf(it) },
      ],
    };
  },
  validate: [nameIsAllowed],
  checks: [
    roleExists("role_arn", WORDS),
    refers("vpc_config.subnet_ids", "aws_subnet", {
      ...WORDS,
      code: "InvalidParameterException",
      message: (id) => `The subnet ID '${id}' does not exist`,
    }),
    refers("vpc_config.security_group_ids", "aws_security_group", {
      ...WORDS,
      also: GIVEN_GROUPS,
      code: "InvalidParameterException",
      message: (id) => `The security group '${id}' does not exist`,
    }),
    spansTwoZones,
    kmsKeyUsable("encryption_config.provider.key_arn", WORDS),
    unique(["name"], {
      ...WORDS,
      code: "ResourceInUseException",
      message: (it) => `Cluster already exists with name: ${it.text("name")}`,
    }),
  ],
  canDelete: [
    (it) => {
      if (!it.isTrue("deletion_protection")) return;
      const fix = "Set deletion_protection to false and apply that first.";
      const message = "cannot delete cluster with deletion protection enabled";
      throw awsRefusal(it, { ...doing, code: "InvalidRequestException", message, fix, path: "deletion_protection" });
    },
    notUsedBy([{ type: "aws_eks_node_group", attribute: "cluster_name", as: "name" }], {
      ...doing,
      code: "ResourceInUseException",
      message: () => "Cluster has nodegroups attached",
    }),
  ],
});
