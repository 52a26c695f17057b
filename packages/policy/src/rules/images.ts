import { attributeRule, one } from "../rule/attribute-rule";
import { at, attached, blocks, isNotTrue, isOneOf, isTrue, shown, unless } from "../rule/attributes";
import { isOwnKey } from "../rule/own";
import { documentIn } from "../rule/policy-document";
import { type Attributes, type ResourceRule, resourceRule, type Violation } from "../rule/rule";

/** Fewest images that are kept: what runs, and what one goes back to. */
const LEAST_KEPT = 20;

/** What is wrong with what a repository forgets: a count keeps the newest, days take what still runs. */
function forgettingFaults(policy: unknown): readonly Violation[] {
  const rules = blocks(documentIn(policy)?.["rules"]);
  if (rules.length === 0) return [{ got: `policy is ${shown(policy)}` }];
  return rules.flatMap((rule) => {
    const selection = at(rule, "selection");
    const [tags, type, count] = ["tagStatus", "countType", "countNumber"].map((field) => at(selection, field));
    const few = typeof count !== "number" || count < (tags === "untagged" ? 1 : LEAST_KEPT);
    const keeps = tags === "untagged" || type === "imageCountMoreThan";
    return unless(keeps && !few, `images ${shown(tags)} expire by ${shown(type)} of ${shown(count)}`);
  });
}

const FORGETTING = (selection: Attributes): string =>
  JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: "expire" } }] });

/** Rules on images. */
export const imageRules: readonly ResourceRule[] = [
  resourceRule({
    id: "AWS-ECR-001",
    title: "A tag of an image never changes its meaning",
    severity: "high",
    source: "Security Hub ECR.2; CKV_AWS_51",
    why: "What was tested and what runs are the same only while a tag cannot be moved.",
    want: "image_tag_mutability IMMUTABLE",
    fix: "make the repository with ImageRepository",
    judges: ["aws_ecr_repository"],
    check: ({ attributes }) =>
      unless(
        attributes["image_tag_mutability"] === "IMMUTABLE",
        `image_tag_mutability is ${shown(attributes["image_tag_mutability"])}`,
      ),
    fails: one("aws_ecr_repository", { name: "orders" }),
    passes: one("aws_ecr_repository", { name: "orders", image_tag_mutability: "IMMUTABLE" }),
  }),
  resourceRule({
    id: "AWS-ECR-002",
    title: "Images are scanned when they arrive",
    severity: "medium",
    source: "Security Hub ECR.1; CKV_AWS_163; CIS EKS 1.8 5.1.1",
    why: "A known hole in an image is found before it runs, or after.",
    want: "scan_on_push true",
    fix: "make the repository with ImageRepository",
    judges: ["aws_ecr_repository"],
    check: ({ attributes }) =>
      unless(isTrue(at(attributes, "image_scanning_configuration.scan_on_push")), "scan_on_push is not true"),
    fails: one("aws_ecr_repository", { name: "orders" }),
    passes: one("aws_ecr_repository", { image_scanning_configuration: { scan_on_push: true } }),
  }),
  resourceRule({
    id: "AWS-ECR-003",
    title: "Images are encrypted with an own key",
    severity: "low",
    source: "Security Hub ECR.5; CKV_AWS_136",
    why: "A key of one's own says who may read, and records who did.",
    want: "encryption_type KMS with a kms_key of the account's own",
    fix: "make the repository with ImageRepository",
    judges: ["aws_ecr_repository"],
    check: (subject) => {
      const encryption = at(subject.attributes, "encryption_configuration.encryption_type");
      const key = at(subject.attributes, "encryption_configuration.kms_key");
      return [
        ...unless(isOneOf("KMS", "KMS_DSSE")(encryption), `encryption_type is ${shown(encryption)}`),
        ...unless(isOwnKey(key, subject), `kms_key is ${shown(key)}`),
      ];
    },
    fails: one("aws_ecr_repository", { name: "orders" }),
    passes: one("aws_ecr_repository", {
      encryption_configuration: [{ encryption_type: "KMS", kms_key: "${aws_kms_key.images.arn}" }],
    }),
  }),
  resourceRule({
    id: "AWS-ECR-004",
    title: "Old images are forgotten, and none that may run",
    severity: "medium",
    source: "Security Hub ECR.3; Amazon ECR user guide, lifecycle policies",
    why: "Every build leaves an image, which is paid for and scanned for ever; one that is gone while it runs starts no pod any more.",
    want: `an aws_ecr_lifecycle_policy that takes images with tags by their number alone, and keeps ${LEAST_KEPT} or more`,
    fix: "make the repository with ImageRepository",
    judges: ["aws_ecr_repository"],
    check: (subject) => {
      const policies = attached(subject, "aws_ecr_lifecycle_policy", "repository", "name");
      return policies.length === 0
        ? [{ got: `no aws_ecr_lifecycle_policy of ${subject.address}` }]
        : policies.flatMap(({ attributes }) => forgettingFaults(attributes["policy"]));
    },
    fails: {
      aws_ecr_repository: { example: { name: "orders" } },
      aws_ecr_lifecycle_policy: {
        example: {
          repository: "orders",
          policy: FORGETTING({ tagStatus: "any", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 }),
        },
      },
    },
    passes: {
      aws_ecr_repository: { example: { name: "orders" } },
      aws_ecr_lifecycle_policy: {
        example: {
          repository: "${aws_ecr_repository.example.name}",
          policy: FORGETTING({ tagStatus: "any", countType: "imageCountMoreThan", countNumber: 50 }),
        },
      },
    },
  }),
  attributeRule({
    id: "AWS-ECR-005",
    title: "A repository with images in it is not deleted",
    severity: "high",
    source: "AWS provider, aws_ecr_repository force_delete",
    why: "With force_delete a wrong plan takes the images that run, and those that one would go back to.",
    want: "force_delete not true; ROOT-009 says where prevent_destroy is",
    fix: "make the repository with ImageRepository",
    type: "aws_ecr_repository",
    demands: { force_delete: isNotTrue },
    fails: { name: "orders", force_delete: true },
    passes: { name: "orders" },
  }),
];
