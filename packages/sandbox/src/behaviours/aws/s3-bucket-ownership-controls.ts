import { defineBehaviour } from "../define";
import { bucketExists, isOneOf, oneABucket } from "./s3-bucket-part";

const WORDS = { doing: "creating S3 Bucket Ownership Controls", call: "S3: PutBucketOwnershipControls" };
const OWNERSHIPS = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];

export const s3BucketOwnershipControls = defineBehaviour({
  type: "aws_s3_bucket_ownership_controls",
  id: (it) => it.text("bucket")!,
  replaceOn: ["bucket"],
  validate: [isOneOf("rule.object_ownership", OWNERSHIPS, WORDS)],
  checks: [bucketExists(WORDS), oneABucket("ownership controls", WORDS)],
});
