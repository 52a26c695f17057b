import { awsRefusal, type Check, refers, unique } from "../define";
import type { Instance } from "../instance";

interface Words {
  readonly doing: string;
  readonly call: string;
}

/** The id of what belongs to a bucket; the owner is part of it when it is asked for. */
export function bucketPartId(it: Instance): string {
  return [it.text("bucket"), it.text("expected_bucket_owner")].filter((part) => part !== undefined).join(",");
}

/** The bucket that an attribute names must exist, in this account and region. */
export function bucketExists(words: Words): Check {
  return refers("bucket", "aws_s3_bucket", {
    ...words,
    by: "bucket",
    code: "NoSuchBucket",
    message: () => "The specified bucket does not exist",
  });
}

/** S3 refuses what is meant for a bucket of somebody else. */
export function ownerIsExpected(words: Words): Check {
  return (it) => {
    const owner = it.text("expected_bucket_owner");
    if (owner === undefined || owner === it.place.account) return;
    const fix = `Leave out expected_bucket_owner, or set it to ${it.place.account}, whose bucket it is.`;
    throw awsRefusal(it, {
      ...words,
      code: "AccessDenied",
      message: "Access Denied",
      fix,
      path: "expected_bucket_owner",
    });
  };
}

/** A bucket has one of each kind of setting: a second one would overwrite the first. */
export function oneABucket(what: string, words: Words): Check {
  return unique(["bucket"], {
    ...words,
    code: "OperationAborted",
    message: (it) => `The bucket ${it.text("bucket")} already has its ${what}`,
    fix: `A bucket has one ${what}, and the last to be written wins: put everything into one.`,
  });
}

/** The attribute must have one of the values. */
export function isOneOf(path: string, values: readonly string[], words: Words): Check {
  return (it) => {
    const value = it.text(path);
    if (value === undefined || values.includes(value)) return;
    const message = "The XML you provided was not well-formed or did not validate against our published schema";
    throw awsRefusal(it, { ...words, code: "MalformedXML", message, fix: `Use one of ${values.join(", ")}.`, path });
  };
}
