import { defineBehaviour, unique } from "../define";
import { clusterExists } from "./eks-part";
import { roleExists } from "./iam";

const WORDS = { doing: "creating EKS Pod Identity Association", call: "EKS: CreatePodIdentityAssociation" };

export const eksPodIdentityAssociation = defineBehaviour({
  type: "aws_eks_pod_identity_association",
  id: (it) => `a-${it.hex(17)}`,
  replaceOn: ["cluster_name", "namespace", "service_account"],
  computed: (it) => ({
    association_arn: it.arn("eks", `podidentityassociation/${it.text("cluster_name")}/${it.id}`),
    association_id: it.id,
    disable_session_tags: false,
    external_id: "",
  }),
  checks: [
    clusterExists(WORDS),
    roleExists("role_arn", WORDS),
    unique(["cluster_name", "namespace", "service_account"], {
      ...WORDS,
      code: "ResourceInUseException",
      message: (it) =>
        `Association already exists: service account ${it.text("service_account")} in namespace ${it.text("namespace")} has a role`,
    }),
  ],
  importIds: (it) => [`${it.text("cluster_name")},${it.text("association_id")}`],
});
