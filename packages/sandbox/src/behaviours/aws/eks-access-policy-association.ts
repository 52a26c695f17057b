import { awsRefusal, type Check, defineBehaviour, unique } from "../define";
import { CREATED_AT } from "../instance";
import { clusterExists } from "./eks-part";

const WORDS = { doing: "creating EKS Access Policy Association", call: "EKS: AssociateAccessPolicy" };

const entryExists: Check = (it) => {
  const entries = it
    .all("aws_eks_access_entry")
    .filter((entry) => entry.text("cluster_name") === it.text("cluster_name"));
  const principal = it.text("principal_arn");
  if (entries.some((entry) => entry.text("principal_arn") === principal)) return;
  const message = `The specified principalArn could not be found: ${principal}`;
  const fix = "Create an aws_eks_access_entry for the principal first, and refer to it so that it comes first.";
  throw awsRefusal(it, { ...WORDS, code: "ResourceNotFoundException", message, fix, path: "principal_arn" });
};

const policyIsOffered: Check = (it) => {
  const arn = it.text("policy_arn");
  if (arn === undefined || /^arn:aws:eks::aws:cluster-access-policy\/Amazon(EKS|ARC|Sage)\w+Policy\w*$/.test(arn))
    return;
  const fix =
    "Use an EKS access policy such as arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy; an IAM policy is none.";
  throw awsRefusal(it, {
    ...WORDS,
    code: "InvalidParameterException",
    message: `The policyArn ${arn} is invalid`,
    fix,
    path: "policy_arn",
  });
};

export const eksAccessPolicyAssociation = defineBehaviour({
  type: "aws_eks_access_policy_association",
  id: (it) => `${it.text("cluster_name")}#${it.text("principal_arn")}#${it.text("policy_arn")}`,
  replaceOn: ["access_scope.namespaces", "access_scope.type", "cluster_name", "policy_arn", "principal_arn"],
  computed: () => ({ associated_at: CREATED_AT, modified_at: CREATED_AT }),
  validate: [policyIsOffered],
  checks: [
    clusterExists(WORDS),
    entryExists,
    unique(["cluster_name", "principal_arn", "policy_arn"], {
      ...WORDS,
      code: "ResourceInUseException",
      message: () => "The access policy is already associated with the principal.",
    }),
  ],
});
