import { defineBehaviour } from "../define";
import { bucketExists, oneABucket } from "./s3-bucket-part";

const WORDS = { doing: "creating S3 Bucket Public Access Block", call: "S3: PutPublicAccessBlock" };

export const s3BucketPublicAccessBlock = defineBehaviour({
  type: "aws_s3_bucket_public_access_block",
  id: (it) => it.text("bucket")!,
  defaults: {
    block_public_acls: false,
    block_public_policy: false,
    ignore_public_acls: false,
    restrict_public_buckets: false,
  },
  replaceOn: ["bucket"],
  checks: [bucketExists(WORDS), oneABucket("public access block", WORDS)],
});
