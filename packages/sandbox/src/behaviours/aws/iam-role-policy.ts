import { defineBehaviour, refers, unique } from "../define";
import { isPolicyDocument } from "./iam";

const WORDS = { doing: "putting IAM Role Policy", call: "IAM: PutRolePolicy" };

export const iamRolePolicy = defineBehaviour({
  type: "aws_iam_role_policy",
  id: (it) => `${it.text("role")}:${it.text("name")}`,
  replaceOn: ["name", "name_prefix", "role"],
  validate: [isPolicyDocument("policy", WORDS)],
  checks: [
    refers("role", "aws_iam_role", {
      ...WORDS,
      by: "name",
      code: "NoSuchEntity",
      message: (name) => `The role with name ${name} cannot be found.`,
    }),
    unique(["role", "name"], {
      ...WORDS,
      code: "EntityAlreadyExists",
      message: (it) => `Role ${it.text("role")} already has a policy named ${it.text("name")}.`,
    }),
  ],
});
