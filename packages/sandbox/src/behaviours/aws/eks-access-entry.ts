import { defineBehaviour, unique } from "../define";
import { CREATED_AT } from "../instance";
import { clusterExists } from "./eks-part";

const WORDS = { doing: "creating EKS Access Entry", call: "EKS: CreateAccessEntry" };

export const eksAccessEntry = defineBehaviour({
  type: "aws_eks_access_entry",
  id: (it) => `${it.text("cluster_name")}:${it.text("principal_arn")}`,
  defaults: { type: "STANDARD" },
  replaceOn: ["cluster_name", "principal_arn", "type"],
  computed: (it) => {
    const principal = it.text("principal_arn") ?? "";
    const [, , , , account, kind = "role/"] = principal.split(":");
    const entry = `access-entry/${it.text("cluster_name")}/${kind.split("/")[0]}/${account}/${principal.split("/").at(-1)}/${it.uuid()}`;
    return {
      access_entry_arn: it.arn("eks", entry),
      created_at: CREATED_AT,
      kubernetes_groups: [],
      modified_at: CREATED_AT,
      user_name: principal.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/").concat("/{{SessionName}}"),
    };
  },
  checks: [
    clusterExists(WORDS),
    // The principal may be any role of the account, also one that no stack makes: the pipeline's own, or people's.
    unique(["cluster_name", "principal_arn"], {
      ...WORDS,
      code: "ResourceInUseException",
      message: () => "The specified access entry resource is already in use on this cluster.",
    }),
  ],
});
