import { defineBehaviour, notUsedBy, unique } from "../define";
import { iamArn, isPolicyDocument } from "./iam";

const WORDS = { doing: "creating IAM Policy", call: "IAM: CreatePolicy" };

export const iamPolicy = defineBehaviour({
  type: "aws_iam_policy",
  id: (it) => iamArn(it, "policy", it.text("name")!),
  arn: (it) => it.id,
  defaults: { path: "/" },
  replaceOn: ["name", "name_prefix", "path", "description"],
  computed: (it) => ({ attachment_count: 0, policy_id: `ANPA${it.capitals(17)}` }),
  validate: [isPolicyDocument("policy", WORDS)],
  checks: [
    unique(["name"], {
      ...WORDS,
      code: "EntityAlreadyExists",
      message: (it) => `A policy called ${it.text("name")} already exists. Duplicate names are not allowed.`,
    }),
  ],
  canDelete: [
    notUsedBy([{ type: "aws_iam_role_policy_attachment", attribute: "policy_arn", as: "arn" }], {
      doing: "deleting IAM Policy",
      call: "IAM: DeletePolicy",
      code: "DeleteConflict",
      message: () => "Cannot delete a policy attached to entities.",
    }),
  ],
});
