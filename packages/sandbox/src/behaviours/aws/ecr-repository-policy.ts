import { defineBehaviour, refers, unique } from "../define";
import { isPolicyDocument } from "./iam";

const WORDS = { doing: "putting ECR Repository Policy", call: "ECR: SetRepositoryPolicy" };

export const ecrRepositoryPolicy = defineBehaviour({
  type: "aws_ecr_repository_policy",
  id: (it) => it.text("repository")!,
  replaceOn: ["repository"],
  computed: (it) => ({ registry_id: it.place.account }),
  validate: [
    isPolicyDocument("policy", {
      ...WORDS,
      code: "InvalidParameterException",
      message: "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    }),
  ],
  checks: [
    refers("repository", "aws_ecr_repository", {
      ...WORDS,
      by: "name",
      code: "RepositoryNotFoundException",
      message: (name) => `The repository with name '${name}' does not exist`,
    }),
    unique(["repository"], {
      ...WORDS,
      code: "RepositoryPolicyAlreadyExists",
      message: (it) => `The repository '${it.text("repository")}' already has a policy`,
      fix: "A repository has one policy, and the last to be written wins: put all statements into it.",
    }),
  ],
});
