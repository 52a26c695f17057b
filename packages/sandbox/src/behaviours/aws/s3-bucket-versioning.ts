import { awsRefusal, type Check, defineBehaviour } from "../define";
import { bucketExists, bucketPartId, isOneOf, oneABucket, ownerIsExpected } from "./s3-bucket-part";

const WORDS = { doing: "creating S3 Bucket Versioning", call: "S3: PutBucketVersioning" };
const STATUS = "versioning_configuration.status";

const staysVersioned: Check = (it) => {
  const before = it.prior?.text(STATUS);
  if (it.text(STATUS) !== "Disabled" || before === undefined || before === "Disabled") return;
  const was = `'${before}'`;
  const message = `versioning_configuration.status cannot be updated from ${was} to 'Disabled'`;
  const fix = "Once enabled, versioning can only be suspended: set the status to Suspended.";
  throw awsRefusal(it, { ...WORDS, code: "InvalidBucketState", message, fix, path: STATUS });
};

export const s3BucketVersioning = defineBehaviour({
  type: "aws_s3_bucket_versioning",
  id: bucketPartId,
  replaceOn: ["bucket", "expected_bucket_owner"],
  validate: [isOneOf(STATUS, ["Disabled", "Enabled", "Suspended"], WORDS)],
  checks: [staysVersioned, bucketExists(WORDS), ownerIsExpected(WORDS), oneABucket("versioning", WORDS)],
});
