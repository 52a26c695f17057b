import { defineBehaviour, unique } from "../define";

export const ecrRepository = defineBehaviour({
  type: "aws_ecr_repository",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("ecr", `repository/${it.id}`),
  defaults: { "encryption_configuration.encryption_type": "AES256", image_tag_mutability: "MUTABLE" },
  replaceOn: ["name", "encryption_configuration"],
  computed: (it) => ({
    registry_id: it.place.account,
    repository_url: `${it.place.account}.dkr.ecr.${it.place.region}.amazonaws.com/${it.id}`,
  }),
  checks: [
    unique(["name"], {
      doing: "creating ECR Repository",
      call: "ECR: CreateRepository",
      code: "RepositoryAlreadyExistsException",
      message: (it) =>
        `The repository with name '${it.text("name")}' already exists in the registry with id '${it.place.account}'`,
    }),
  ],
});
