import type { ActionTable } from "./type-actions";

/** Buckets, keys, secrets and settings: where they are and who may use them, never what they hold. */
export const storageActions = {
  aws_kms_alias: { reads: ["kms:ListAliases"], writes: ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"] },
  aws_kms_key: {
    reads: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
    writes: [
      "kms:CreateKey",
      "kms:PutKeyPolicy",
      "kms:EnableKeyRotation",
      "kms:UpdateKeyDescription",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
    ],
  },
  aws_s3_bucket: {
    // The provider reads every setting of a bucket, also those that have a type of their own.
    reads: [
      "s3:ListBucket",
      "s3:ListTagsForResource",
      "s3:GetAccelerateConfiguration",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLocation",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketTagging",
      "s3:GetBucketWebsite",
      "s3:GetReplicationConfiguration",
    ],
    writes: ["s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketTagging", "s3:TagResource", "s3:UntagResource"],
  },
  aws_s3_bucket_lifecycle_configuration: {
    reads: ["s3:GetLifecycleConfiguration"],
    writes: ["s3:PutLifecycleConfiguration"],
  },
  aws_s3_bucket_logging: { reads: ["s3:GetBucketLogging"], writes: ["s3:PutBucketLogging"] },
  aws_s3_bucket_ownership_controls: {
    reads: ["s3:GetBucketOwnershipControls"],
    writes: ["s3:PutBucketOwnershipControls"],
  },
  aws_s3_bucket_policy: { reads: ["s3:GetBucketPolicy"], writes: ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"] },
  aws_s3_bucket_public_access_block: {
    reads: ["s3:GetBucketPublicAccessBlock"],
    writes: ["s3:PutBucketPublicAccessBlock"],
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    reads: ["s3:GetEncryptionConfiguration"],
    writes: ["s3:PutEncryptionConfiguration"],
  },
  aws_s3_bucket_versioning: { reads: ["s3:GetBucketVersioning"], writes: ["s3:PutBucketVersioning"] },
  aws_secretsmanager_secret: {
    reads: ["secretsmanager:DescribeSecret"],
    writes: [
      "secretsmanager:CreateSecret",
      "secretsmanager:UpdateSecret",
      "secretsmanager:DeleteSecret",
      "secretsmanager:TagResource",
      "secretsmanager:UntagResource",
    ],
  },
  aws_secretsmanager_secret_policy: {
    reads: ["secretsmanager:GetResourcePolicy"],
    writes: ["secretsmanager:PutResourcePolicy", "secretsmanager:DeleteResourcePolicy"],
  },
  aws_ssm_parameter: {
    // Values too: contracts between stacks, which rule AWS-SSM-001 keeps free of secrets.
    reads: ["ssm:DescribeParameters", "ssm:GetParameter", "ssm:GetParameters", "ssm:ListTagsForResource"],
    writes: ["ssm:PutParameter", "ssm:DeleteParameter", "ssm:AddTagsToResource", "ssm:RemoveTagsFromResource"],
  },
} as const satisfies ActionTable;
