import { defineBehaviour, refers, unique } from "../define";

const WORDS = { doing: "creating ECR Lifecycle Policy", call: "ECR: PutLifecyclePolicy" };

export const ecrLifecyclePolicy = defineBehaviour({
  type: "aws_ecr_lifecycle_policy",
  id: (it) => it.text("repository")!,
  replaceOn: ["repository"],
  computed: (it) => ({ registry_id: it.place.account }),
  checks: [
    refers("repository", "aws_ecr_repository", {
      ...WORDS,
      by: "name",
      code: "RepositoryNotFoundException",
      message: (name) => `The repository with name '${name}' does not exist`,
    }),
    unique(["repository"], {
      ...WORDS,
      code: "LifecyclePolicyAlreadyExists",
      message: (it) => `The repository '${it.text("repository")}' already has a lifecycle policy`,
      fix: "A repository has one policy: put all rules into it.",
    }),
  ],
});
