import { one } from "../rule/attribute-rule";
import { at, attached, blocks, isOneOf, isSet, isTrue, shown, unless } from "../rule/attributes";
import { admitsNobodyUnknown, demandTls } from "../rule/policy-checks";
import {
  type Attributes,
  type ResourceRule,
  resourceRule,
  type Resources,
  type ResourceSubject,
  type Violation,
} from "../rule/rule";

const BUCKET = "aws_s3_bucket";

/** What a bucket's companion of a type says; it breaks the rule when there is none. */
function companion(
  type: string,
  holds: (attributes: Attributes) => readonly Violation[],
): (bucket: ResourceSubject) => readonly Violation[] {
  return (bucket) => {
    const found = attached(bucket, type, "bucket", "bucket");
    return found.length === 0
      ? [{ got: `no ${type} of ${bucket.address}` }]
      : found.flatMap(({ attributes }) => holds(attributes));
  };
}

/** A bucket with a companion, for examples. */
function withCompanion(type: string, attributes: Attributes): Resources {
  return {
    aws_s3_bucket: { example: { bucket: "orders" } },
    [type]: { example: { bucket: "${aws_s3_bucket.example.bucket}", ...attributes } },
  };
}

/** Whether the log service writes here: such a bucket cannot log to itself, nor take a key of one's own everywhere. */
function takesAccessLogs(bucket: ResourceSubject): boolean {
  return attached(bucket, "aws_s3_bucket_policy", "bucket", "bucket").some(({ attributes }) =>
    /logging\.s3\.amazonaws\.com|delivery\.logs\.amazonaws\.com/.test(String(attributes["policy"])),
  );
}

const CLOSED = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];
const alone = one(BUCKET, { bucket: "orders" });

/** Rules on buckets. */
export const storageRules: readonly ResourceRule[] = [
  resourceRule({
    id: "AWS-S3-001",
    title: "A bucket cannot become public",
    severity: "critical",
    source: "Security Hub S3.8; CKV_AWS_53 to CKV_AWS_56; CKV2_AWS_6",
    why: "One wrong policy or list of rights publishes everything in it.",
    want: `an aws_s3_bucket_public_access_block with ${CLOSED.join(", ")} true`,
    fix: "make the bucket with Bucket",
    judges: [BUCKET],
    check: companion("aws_s3_bucket_public_access_block", (block) =>
      CLOSED.filter((name) => !isTrue(block[name])).map((name) => ({ got: `${name} is ${shown(block[name])}` })),
    ),
    fails: withCompanion("aws_s3_bucket_public_access_block", { block_public_acls: true }),
    passes: withCompanion("aws_s3_bucket_public_access_block", Object.fromEntries(CLOSED.map((name) => [name, true]))),
  }),
  resourceRule({
    id: "AWS-S3-002",
    title: "A bucket is encrypted, with an own key unless logs are delivered to it",
    severity: "high",
    source: "Security Hub S3.17; CKV_AWS_145",
    why: "A key of one's own says who may read, and records who did.",
    want: "sse_algorithm aws:kms with a kms_master_key_id; AES256 for access logs, which know no other",
    fix: "make the bucket with Bucket, which brings its key",
    judges: [BUCKET],
    check: (bucket) =>
      companion("aws_s3_bucket_server_side_encryption_configuration", (encryption) => {
        const by = at(encryption, "rule.apply_server_side_encryption_by_default");
        const algorithm = at(by, "sse_algorithm");
        const own = algorithm === "aws:kms" && isSet(at(by, "kms_master_key_id"));
        return unless(own || (takesAccessLogs(bucket) && algorithm === "AES256"), `${shown(by)}`);
      })(bucket),
    fails: alone,
    passes: withCompanion("aws_s3_bucket_server_side_encryption_configuration", {
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: "${aws_kms_key.x.arn}",
          },
        },
      ],
    }),
  }),
  resourceRule({
    id: "AWS-S3-003",
    title: "A bucket keeps what was overwritten",
    severity: "medium",
    source: "Security Hub S3.14; CKV_AWS_21",
    why: "A wrong upload or a deletion is final without versions.",
    want: "an aws_s3_bucket_versioning with status Enabled",
    fix: "make the bucket with Bucket",
    judges: [BUCKET],
    check: companion("aws_s3_bucket_versioning", (versioning) => {
      const status = at(versioning, "versioning_configuration.status");
      return unless(status === "Enabled", `status is ${shown(status)}`);
    }),
    fails: withCompanion("aws_s3_bucket_versioning", { versioning_configuration: { status: "Suspended" } }),
    passes: withCompanion("aws_s3_bucket_versioning", { versioning_configuration: { status: "Enabled" } }),
  }),
  resourceRule({
    id: "AWS-S3-004",
    title: "A bucket speaks TLS alone",
    severity: "high",
    source: "Security Hub S3.5",
    why: "What travels in plain text can be read by whoever gets into the network.",
    want: "a policy that refuses s3:* where aws:SecureTransport is false",
    fix: "make the bucket with Bucket",
    judges: [BUCKET],
    check: (bucket) =>
      demandTls(bucket, { type: "aws_s3_bucket_policy", of: "bucket", called: "bucket" }, [
        "s3:GetObject",
        "s3:PutObject",
      ]),
    fails: alone,
    passes: withCompanion("aws_s3_bucket_policy", {
      policy: JSON.stringify({
        Statement: {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Condition: { Bool: { "aws:SecureTransport": false } },
        },
      }),
    }),
  }),
  resourceRule({
    id: "AWS-S3-005",
    title: "A bucket's policy lets in nobody unknown",
    severity: "critical",
    source: "Security Hub S3.2, S3.3; CKV_AWS_70",
    why: "A policy for everybody is a publication.",
    want: "no statement that allows a principal outside the account, or any without saying whose",
    fix: "name the principal, or the source in aws:SourceArn",
    judges: ["aws_s3_bucket_policy"],
    check: admitsNobodyUnknown,
    fails: one("aws_s3_bucket_policy", {
      policy: JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action: "s3:GetObject" } }),
    }),
    passes: one("aws_s3_bucket_policy", {
      policy: JSON.stringify({
        Statement: { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "s3:GetObject" },
      }),
    }),
  }),
  resourceRule({
    id: "AWS-S3-006",
    title: "Rights on a bucket come from policies alone",
    severity: "medium",
    source: "Security Hub S3.12; CKV2_AWS_65",
    why: "Lists of rights belong to whoever uploaded, and no policy shows them.",
    want: "object_ownership BucketOwnerEnforced, and no acl",
    fix: "make the bucket with Bucket",
    judges: [BUCKET, "aws_s3_bucket_acl"],
    check: (subject) => {
      if (subject.type !== BUCKET) return [{ got: `${subject.type} ${shown(subject.attributes["acl"])}` }];
      return companion("aws_s3_bucket_ownership_controls", (controls) => {
        const ownership = at(controls, "rule.object_ownership");
        return unless(ownership === "BucketOwnerEnforced", `object_ownership is ${shown(ownership)}`);
      })(subject);
    },
    fails: one("aws_s3_bucket_acl", { acl: "public-read" }),
    passes: withCompanion("aws_s3_bucket_ownership_controls", { rule: { object_ownership: "BucketOwnerEnforced" } }),
  }),
  resourceRule({
    id: "AWS-S3-007",
    title: "Who read a bucket is written down",
    severity: "medium",
    source: "Security Hub S3.9; CKV_AWS_18",
    why: "What was taken cannot be found out afterwards.",
    want: "an aws_s3_bucket_logging with a target_bucket, or be the bucket of the logs",
    fix: "make the bucket with Bucket",
    judges: [BUCKET],
    check: (bucket) =>
      takesAccessLogs(bucket)
        ? []
        : companion("aws_s3_bucket_logging", (logging) => unless(isSet(logging["target_bucket"]), "no target_bucket"))(
            bucket,
          ),
    fails: alone,
    passes: withCompanion("aws_s3_bucket_logging", { target_bucket: "access-logs" }),
  }),
  resourceRule({
    id: "AWS-S3-008",
    title: "A bucket forgets uploads that never ended",
    severity: "low",
    source: "Security Hub S3.13; CKV_AWS_300; CKV2_AWS_61",
    why: "Parts of uploads and old versions are paid for, and are seen by nobody.",
    want: "an enabled lifecycle rule that aborts incomplete uploads and ends old versions",
    fix: "make the bucket with Bucket",
    judges: [BUCKET],
    check: companion("aws_s3_bucket_lifecycle_configuration", (lifecycle) => {
      const rules = blocks(lifecycle["rule"]).filter(({ status }) => status === "Enabled");
      return [
        ...unless(
          rules.some((rule) => isSet(rule["abort_incomplete_multipart_upload"])),
          "uploads are not aborted",
        ),
        ...unless(
          rules.some((rule) => isSet(rule["noncurrent_version_expiration"]) || isSet(rule["expiration"])),
          "old versions are kept for ever",
        ),
      ];
    }),
    fails: withCompanion("aws_s3_bucket_lifecycle_configuration", { rule: [{ status: "Disabled" }] }),
    passes: withCompanion("aws_s3_bucket_lifecycle_configuration", {
      rule: [
        {
          status: "Enabled",
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
          noncurrent_version_expiration: [{ noncurrent_days: 90 }],
        },
      ],
    }),
  }),
  resourceRule({
    id: "AWS-S3-009",
    title: "A bucket with files in it is not deleted",
    severity: "high",
    source: "AWS provider, aws_s3_bucket force_destroy",
    why: "With force_destroy a wrong plan deletes every object and every version of it.",
    want: "force_destroy not true, and prevent_destroy true where the environment is protected",
    fix: "make the bucket with Bucket",
    judges: [BUCKET],
    check: ({ attributes, environment }) => [
      ...unless(!isTrue(attributes["force_destroy"]), "force_destroy is true"),
      ...unless(
        !environment.protected || isTrue(at(attributes, "lifecycle.prevent_destroy")),
        "prevent_destroy is not true",
      ),
    ],
    fails: one(BUCKET, { bucket: "orders", force_destroy: true }),
    passes: one(BUCKET, { bucket: "orders", lifecycle: { prevent_destroy: true } }),
  }),
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
    want: "encryption_type KMS with a kms_key",
    fix: "make the repository with ImageRepository",
    judges: ["aws_ecr_repository"],
    check: ({ attributes }) => {
      const encryption = at(attributes, "encryption_configuration.encryption_type");
      const own = isOneOf("KMS", "KMS_DSSE")(encryption) && isSet(at(attributes, "encryption_configuration.kms_key"));
      return unless(own, `encryption_type is ${shown(encryption)}`);
    },
    fails: one("aws_ecr_repository", { name: "orders" }),
    passes: one("aws_ecr_repository", {
      encryption_configuration: [{ encryption_type: "KMS", kms_key: "${aws_kms_key.images.arn}" }],
    }),
  }),
  resourceRule({
    id: "AWS-ECR-004",
    title: "Old images are forgotten",
    severity: "low",
    source: "Security Hub ECR.3",
    why: "Every build leaves an image, which is paid for and scanned for ever.",
    want: "an aws_ecr_lifecycle_policy",
    fix: "make the repository with ImageRepository",
    judges: ["aws_ecr_repository"],
    check: (subject) =>
      unless(
        attached(subject, "aws_ecr_lifecycle_policy", "repository", "name").length > 0,
        `no aws_ecr_lifecycle_policy of ${subject.address}`,
      ),
    fails: one("aws_ecr_repository", { name: "orders" }),
    passes: {
      aws_ecr_repository: { example: { name: "orders" } },
      aws_ecr_lifecycle_policy: { example: { repository: "${aws_ecr_repository.example.name}" } },
    },
  }),
];
