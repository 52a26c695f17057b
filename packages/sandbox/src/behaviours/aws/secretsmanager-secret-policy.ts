import { defineBehaviour, refers, unique } from "../define";
import { isPolicyDocument } from "./iam";

const WORDS = { doing: "putting Secrets Manager Secret Policy", call: "Secrets Manager: PutResourcePolicy" };

export const secretsmanagerSecretPolicy = defineBehaviour({
  type: "aws_secretsmanager_secret_policy",
  id: (it) => it.text("secret_arn")!,
  replaceOn: ["secret_arn"],
  validate: [
    isPolicyDocument("policy", {
      ...WORDS,
      code: "MalformedPolicyDocumentException",
      message: "This resource policy contains a syntax error.",
    }),
  ],
  checks: [
    refers("secret_arn", "aws_secretsmanager_secret", {
      ...WORDS,
      by: "arn",
      code: "ResourceNotFoundException",
      message: () => "Secrets Manager can't find the specified secret.",
    }),
    unique(["secret_arn"], {
      ...WORDS,
      code: "InvalidRequestException",
      message: (it) => `The secret ${it.text("secret_arn")} already has a policy`,
      fix: "A secret has one policy, and the last to be written wins: put all statements into it.",
    }),
  ],
});
