import { isObject, type Value } from "../../values/value";
import { awsRefusal, type Check, defineBehaviour } from "../define";
import { isPolicyDocument } from "./iam";
import { parseJsonObject } from "./json";
import { bucketExists, oneABucket } from "./s3-bucket-part";

const WORDS = { doing: "putting S3 Bucket Policy", call: "S3: PutBucketPolicy" };

/** The buckets that a statement's resources spell out; patterns are left alone. */
function bucketsNamed(statement: Value): string[] {
  const resources = isObject(statement) ? [statement["Resource"]].flat() : [];
  const named = resources.map((resource) =>
    typeof resource === "string" ? /^arn:aws:s3:::([a-z0-9.-]+)(?:\/|$)/.exec(resource)?.[1] : undefined,
  );
  return named.filter((bucket) => bucket !== undefined);
}

const isAboutThisBucket: Check = (it) => {
  const statements = [parseJsonObject(it.text("policy") ?? "")?.["Statement"] ?? []].flat();
  const bucket = it.text("bucket");
  const other = statements.flatMap(bucketsNamed).find((named) => named !== bucket);
  if (other === undefined) return;
  const fix = `The statements are about ${other}: name arn:aws:s3:::${bucket} and what is in it.`;
  throw awsRefusal(it, {
    ...WORDS,
    code: "MalformedPolicy",
    message: "Policy has invalid resource",
    fix,
    path: "policy",
  });
};

export const s3BucketPolicy = defineBehaviour({
  type: "aws_s3_bucket_policy",
  id: (it) => it.text("bucket")!,
  replaceOn: ["bucket"],
  validate: [
    isPolicyDocument("policy", {
      ...WORDS,
      code: "MalformedPolicy",
      message: "Policies must be valid JSON and the first byte must be '{'",
    }),
  ],
  checks: [bucketExists(WORDS), isAboutThisBucket, oneABucket("policy", WORDS)],
});
