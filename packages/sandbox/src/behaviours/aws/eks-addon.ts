import { defineBehaviour, unique } from "../define";
import { CREATED_AT } from "../instance";
import { clusterExists } from "./eks-part";
import { roleExists } from "./iam";

const WORDS = { doing: "creating EKS Add-On", call: "EKS: CreateAddon" };

export const eksAddon = defineBehaviour({
  type: "aws_eks_addon",
  id: (it) => `${it.text("cluster_name")}:${it.text("addon_name")}`,
  arn: (it) => it.arn("eks", `addon/${it.text("cluster_name")}/${it.text("addon_name")}/${it.uuid()}`),
  replaceOn: ["addon_name", "cluster_name"],
  computed: () => ({
    addon_version: "v1.0.0-eksbuild.1",
    configuration_values: "",
    created_at: CREATED_AT,
    modified_at: CREATED_AT,
  }),
  checks: [
    clusterExists(WORDS),
    roleExists("service_account_role_arn", WORDS),
    unique(["cluster_name", "addon_name"], {
      ...WORDS,
      code: "ResourceInUseException",
      message: () => "Addon already exists.",
    }),
  ],
});
