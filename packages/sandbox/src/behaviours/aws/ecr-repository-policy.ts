import { isPolicyDocument } from "./iam";
import { imageRepositoryPolicy } from "./image-repository-policy";

const WORDS = { doing: "putting ECR Repository Policy", call: "ECR: SetRepositoryPolicy" };

export const ecrRepositoryPolicy = imageRepositoryPolicy({
  type: "aws_ecr_repository_policy",
  ...WORDS,
  validate: [
    isPolicyDocument("policy", {
      ...WORDS,
      code: "InvalidParameterException",
      message: "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    }),
  ],
  second: {
    code: "RepositoryPolicyAlreadyExists",
    policy: "a policy",
    fix: "A repository has one policy, and the last to be written wins: put all statements into it.",
  },
});
