import { type Check, refers } from "../define";

/** The topic whose ARN the attribute holds must exist. */
export function topicExists(path: string, words: { readonly doing: string; readonly call: string }): Check {
  return refers(path, "aws_sns_topic", {
    ...words,
    by: "arn",
    code: "NotFound",
    message: () => "Topic does not exist",
  });
}
