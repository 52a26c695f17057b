import { awsRefusal, type Check, defineBehaviour, unique } from "../define";
import { s3ZoneId } from "./s3-zones";

const WORDS = { doing: "creating S3 Bucket", call: "S3: CreateBucket" };

const nameIsAllowed: Check = (it) => {
  const name = it.text("bucket");
  if (name === undefined || (/^[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/^[\d.]+$/.test(name)))
    return;
  const fix = "Use 3 to 63 lower case letters, digits, '-' and '.', beginning and ending with a letter or digit.";
  throw awsRefusal(it, {
    ...WORDS,
    code: "InvalidBucketName",
    message: `The specified bucket is not valid: ${name}`,
    fix,
    path: "bucket",
  });
};

export const s3Bucket = defineBehaviour({
  type: "aws_s3_bucket",
  id: (it) => it.text("bucket")!,
  arn: (it) => `arn:aws:s3:::${it.id}`,
  defaults: { force_destroy: false, object_lock_enabled: false },
  replaceOn: ["bucket", "bucket_prefix", "object_lock_enabled"],
  computed: (it) => ({
    acceleration_status: "",
    bucket_domain_name: `${it.id}.s3.amazonaws.com`,
    bucket_region: it.place.region,
    bucket_regional_domain_name: `${it.id}.s3.${it.place.region}.amazonaws.com`,
    hosted_zone_id: s3ZoneId(it.place.region),
    policy: "",
    request_payer: "BucketOwner",
    website_domain: "",
    website_endpoint: "",
  }),
  validate: [nameIsAllowed],
  checks: [
    unique(["bucket"], {
      ...WORDS,
      everywhere: true,
      code: "BucketAlreadyExists",
      message: () =>
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system.",
      fix: "Bucket names are unique in all of AWS: choose another one.",
    }),
  ],
});
