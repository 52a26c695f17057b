import { defineBehaviour, refers } from "../define";
import { bucketExists, bucketPartId, oneABucket, ownerIsExpected } from "./s3-bucket-part";

const WORDS = { doing: "creating S3 Bucket Logging", call: "S3: PutBucketLogging" };

export const s3BucketLogging = defineBehaviour({
  type: "aws_s3_bucket_logging",
  id: bucketPartId,
  replaceOn: ["bucket", "expected_bucket_owner"],
  checks: [
    bucketExists(WORDS),
    refers("target_bucket", "aws_s3_bucket", {
      ...WORDS,
      by: "bucket",
      code: "InvalidTargetBucketForLogging",
      message: () => "The target bucket for logging does not exist",
    }),
    ownerIsExpected(WORDS),
    oneABucket("logging", WORDS),
  ],
});
