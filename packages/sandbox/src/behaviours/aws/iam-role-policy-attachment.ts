import { defineBehaviour, refers, unique } from "../define";

const WORDS = { doing: "attaching IAM Policy to IAM Role", call: "IAM: AttachRolePolicy" };

const policyExists = refers("policy_arn", "aws_iam_policy", {
  ...WORDS,
  by: "arn",
  code: "NoSuchEntity",
  message: (arn) => `Policy ${arn} does not exist or is not attachable.`,
});

export const iamRolePolicyAttachment = defineBehaviour({
  type: "aws_iam_role_policy_attachment",
  id: (it) => `${it.text("role")}/${it.text("policy_arn")}`,
  replaceOn: ["role", "policy_arn"],
  checks: [
    refers("role", "aws_iam_role", {
      ...WORDS,
      by: "name",
      code: "NoSuchEntity",
      message: (name) => `The role with name ${name} cannot be found.`,
    }),
    (it) => (it.text("policy_arn")?.startsWith("arn:aws:iam::aws:policy/") === true ? undefined : policyExists(it)),
    unique(["role", "policy_arn"], {
      ...WORDS,
      code: "EntityAlreadyExists",
      message: (it) => `${it.text("policy_arn")} is already attached to role ${it.text("role")}`,
    }),
  ],
});
