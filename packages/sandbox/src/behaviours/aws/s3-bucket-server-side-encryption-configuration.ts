import { awsRefusal, type Check, defineBehaviour } from "../define";
import { bucketExists, bucketPartId, isOneOf, oneABucket, ownerIsExpected } from "./s3-bucket-part";

const WORDS = { doing: "creating S3 Bucket Server-side Encryption Configuration", call: "S3: PutBucketEncryption" };
const BY_DEFAULT = "rule.apply_server_side_encryption_by_default";

// S3 does not look whether the key exists: it is only asked for when an object is written.
const keyFitsAlgorithm: Check = (it) => {
  const path = `${BY_DEFAULT}.kms_master_key_id`;
  if (it.text(path) === undefined || it.text(`${BY_DEFAULT}.sse_algorithm`) !== "AES256") return;
  const message = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse";
  const fix = 'Set sse_algorithm to "aws:kms", or leave out kms_master_key_id.';
  throw awsRefusal(it, { ...WORDS, code: "InvalidArgument", message, fix, path });
};

export const s3BucketServerSideEncryptionConfiguration = defineBehaviour({
  type: "aws_s3_bucket_server_side_encryption_configuration",
  id: bucketPartId,
  replaceOn: ["bucket", "expected_bucket_owner"],
  validate: [isOneOf(`${BY_DEFAULT}.sse_algorithm`, ["AES256", "aws:kms", "aws:kms:dsse"], WORDS), keyFitsAlgorithm],
  checks: [bucketExists(WORDS), ownerIsExpected(WORDS), oneABucket("encryption configuration", WORDS)],
});
