import { one } from "../rule/attribute-rule";
import {
  at,
  attached,
  blocks,
  demand,
  demandKept,
  isNotTrue,
  isOneOf,
  isSet,
  isTrue,
  shown,
  unless,
} from "../rule/attributes";
import { lifecycleFaults } from "../rule/lifecycle";
import { isAccessLogs, isOwnKey } from "../rule/own";
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
const LOGGING = "aws_s3_bucket_logging";

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

/** Whether it is the bucket of the access logs: it cannot log to itself, and the services that write there know no key. */
function takesAccessLogs(bucket: ResourceSubject): boolean {
  return isAccessLogs(bucket.attributes["bucket"], bucket);
}

/** What is wrong with one rule of how the objects of a bucket are encrypted. */
function encryptionFaults(rule: Attributes, bucket: ResourceSubject): readonly Violation[] {
  const by = at(rule, "apply_server_side_encryption_by_default");
  const algorithm = at(by, "sse_algorithm");
  if (takesAccessLogs(bucket) && algorithm === "AES256") return [];
  return [
    ...unless(algorithm === "aws:kms" && isOwnKey(at(by, "kms_master_key_id"), bucket), shown(by)),
    ...unless(isTrue(rule["bucket_key_enabled"]), "bucket_key_enabled is not true"),
  ];
}

/** Types that Bucket makes, each of which a rule judges; lists of rights are AWS-S3-006's. */
const KNOWN = [
  BUCKET,
  "aws_s3_bucket_acl",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_logging",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
];

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
    want: "sse_algorithm aws:kms with a kms_master_key_id of the account's own, and bucket_key_enabled; AES256 for access logs, which know no other",
    fix: "make the bucket with Bucket, which brings its key",
    judges: [BUCKET],
    check: (bucket) =>
      companion("aws_s3_bucket_server_side_encryption_configuration", ({ rule }) =>
        isSet(rule) ? blocks(rule).flatMap((each) => encryptionFaults(each, bucket)) : [{ got: "no rule" }],
      )(bucket),
    fails: alone,
    passes: withCompanion("aws_s3_bucket_server_side_encryption_configuration", {
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: "${aws_kms_key.x.arn}",
          },
          bucket_key_enabled: true,
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
    want: "a policy that refuses s3:* on the bucket and its objects to everybody where aws:SecureTransport is false",
    fix: "make the bucket with Bucket",
    judges: [BUCKET],
    check: (bucket) =>
      demandTls(bucket, { type: "aws_s3_bucket_policy", of: "bucket", called: "bucket", within: "/*" }, ["s3:*"]),
    fails: alone,
    passes: withCompanion("aws_s3_bucket_policy", {
      policy: JSON.stringify({
        Statement: {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["${aws_s3_bucket.example.arn}", "${aws_s3_bucket.example.arn}/*"],
          Condition: { Bool: { "aws:SecureTransport": false } },
        },
      }),
    }),
  }),
  resourceRule({
    id: "AWS-S3-005",
    title: "A bucket's policy lets in nobody unknown",
    severity: "critical",
    source: "Security Hub S3.2, S3.3, S3.6; CKV_AWS_70",
    why: "A policy for everybody is a publication.",
    want: "no statement that allows a principal outside the account, or any without saying whose",
    fix: "name the principal, or the source in aws:SourceArn",
    judges: ["aws_s3_bucket_policy", BUCKET],
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
      const owned = companion("aws_s3_bucket_ownership_controls", (controls) =>
        demand(controls, "rule.object_ownership", isOneOf("BucketOwnerEnforced")),
      );
      return [
        ...owned(subject),
        ...["acl", "grant"].filter((name) => isSet(subject.attributes[name])).map((got) => ({ got })),
      ];
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
    want: "an aws_s3_bucket_logging to the environment's own bucket of access logs with a prefix, or be that bucket",
    fix: "make the bucket with Bucket",
    judges: [BUCKET, LOGGING],
    check: (subject) => {
      if (subject.type === BUCKET) return takesAccessLogs(subject) ? [] : companion(LOGGING, () => [])(subject);
      return [
        ...demand(subject.attributes, "target_bucket", (value) => isAccessLogs(value, subject)),
        ...demand(subject.attributes, "target_prefix", isSet),
      ];
    },
    fails: alone,
    passes: withCompanion("aws_s3_bucket_logging", {
      target_bucket: "paved-production-access-logs-111111111111",
      target_prefix: "s3/orders/",
    }),
  }),
  resourceRule({
    id: "AWS-S3-008",
    title: "A bucket forgets uploads that never ended and old versions, in time and not at once, and nothing else",
    severity: "medium",
    source: "Security Hub S3.13; CKV_AWS_300; CKV2_AWS_61",
    why: "Parts of uploads and old versions are paid for, and are seen by nobody; one that is gone the next day is no way back.",
    want: "uploads aborted within 14 days, old versions kept a week to three years; no object expires, but access logs after a month, and after a year where the environment is protected",
    fix: "make the bucket with Bucket",
    judges: [BUCKET],
    check: (bucket) =>
      companion("aws_s3_bucket_lifecycle_configuration", ({ rule }) =>
        lifecycleFaults(blocks(rule), takesAccessLogs(bucket), bucket.environment.protected),
      )(bucket),
    fails: withCompanion("aws_s3_bucket_lifecycle_configuration", {
      rule: [
        {
          status: "Enabled",
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
          noncurrent_version_expiration: [{ noncurrent_days: 1 }],
          expiration: [{ days: 30 }],
        },
      ],
    }),
    passes: withCompanion("aws_s3_bucket_lifecycle_configuration", {
      rule: [
        {
          status: "Enabled",
          filter: [{}],
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
    check: (bucket) => [
      ...unless(isNotTrue(bucket.attributes["force_destroy"]), "force_destroy is true"),
      ...demandKept(bucket),
    ],
    fails: one(BUCKET, { bucket: "orders", force_destroy: true }),
    passes: one(BUCKET, { bucket: "orders", lifecycle: { prevent_destroy: true } }),
  }),
  resourceRule({
    id: "AWS-S3-010",
    title: "Nothing leads past what is known of a bucket",
    severity: "high",
    source: "Paved: what the rules do not know they do not judge; Security Hub S3.6, S3.19",
    why: "Access points, replication and websites have policies and targets of their own, which no rule here reads.",
    want: `of S3 only ${KNOWN.join(", ")}`,
    fix: "use Bucket, or bring rules for the type first",
    judges: ["aws_s3*"],
    check: ({ type }) => unless(KNOWN.includes(type), type),
    fails: one("aws_s3_bucket_replication_configuration", { rule: [{ destination: { bucket: "arn:aws:s3:::copy" } }] }),
    passes: alone,
  }),
];
