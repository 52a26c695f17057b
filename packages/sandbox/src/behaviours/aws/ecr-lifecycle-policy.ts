import { imageRepositoryPolicy } from "./image-repository-policy";

export const ecrLifecyclePolicy = imageRepositoryPolicy({
  type: "aws_ecr_lifecycle_policy",
  doing: "creating ECR Lifecycle Policy",
  call: "ECR: PutLifecyclePolicy",
  second: {
    code: "LifecyclePolicyAlreadyExists",
    policy: "a lifecycle policy",
    fix: "A repository has one policy: put all rules into it.",
  },
});
