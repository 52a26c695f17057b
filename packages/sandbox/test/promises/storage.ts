import { GIVEN } from "../given";
import { POLICY } from "../landscape";
import { arn, type Promised } from "./promised";

const { bucket } = GIVEN;
const ofGivenBucket = /^given-111122223333$/;

/** What buckets and their settings promise. */
export const STORAGE_PROMISES: Record<string, Promised> = {
  aws_s3_bucket: {
    config: () => ({ bucket: "thing-111122223333" }),
    id: /^thing-111122223333$/,
    arn: arn("s3:::thing-111122223333"),
    taken: ["bucket"],
    replaces: ["bucket", "other-111122223333"],
  },
  aws_s3_bucket_lifecycle_configuration: {
    config: () => ({ bucket, rule: [{ id: "forget", status: "Enabled", filter: [{}], expiration: [{ days: 30 }] }] }),
    id: ofGivenBucket,
    taken: ["bucket"],
    missing: ["bucket", "none-111122223333"],
    replaces: ["bucket", "other-111122223333"],
  },
  aws_s3_bucket_logging: {
    config: () => ({ bucket, target_bucket: bucket, target_prefix: "s3/" }),
    id: ofGivenBucket,
    taken: ["bucket"],
    missing: ["target_bucket", "none-111122223333"],
    replaces: ["bucket", "other-111122223333"],
  },
  aws_s3_bucket_ownership_controls: {
    config: () => ({ bucket, rule: [{ object_ownership: "BucketOwnerEnforced" }] }),
    id: ofGivenBucket,
    taken: ["bucket"],
    missing: ["bucket", "none-111122223333"],
    replaces: ["bucket", "other-111122223333"],
  },
  aws_s3_bucket_policy: {
    config: () => ({ bucket, policy: POLICY }),
    id: ofGivenBucket,
    taken: ["bucket"],
    missing: ["bucket", "none-111122223333"],
    replaces: ["bucket", "other-111122223333"],
  },
  aws_s3_bucket_public_access_block: {
    config: () => ({ bucket, block_public_acls: true }),
    id: ofGivenBucket,
    taken: ["bucket"],
    missing: ["bucket", "none-111122223333"],
    replaces: ["bucket", "other-111122223333"],
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    config: () => ({ bucket, rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] }] }),
    id: ofGivenBucket,
    taken: ["bucket"],
    missing: ["bucket", "none-111122223333"],
    replaces: ["bucket", "other-111122223333"],
  },
  aws_s3_bucket_versioning: {
    config: () => ({ bucket, versioning_configuration: [{ status: "Enabled" }] }),
    id: ofGivenBucket,
    taken: ["bucket"],
    missing: ["bucket", "none-111122223333"],
    replaces: ["bucket", "other-111122223333"],
  },
};
