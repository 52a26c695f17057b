import { awsRefusal, type Check, refers } from "../define";
import type { Instance } from "../instance";
import { parseJsonObject } from "./json";

/** An ARN in IAM, which is global: it has no region. */
export function iamArn(it: Instance, kind: string, name: string): string {
  return it.arn("iam", `${kind}${it.text("path") ?? "/"}${name}`, "");
}

/** The attribute must hold a policy document; services other than IAM refuse in words of their own. */
export function isPolicyDocument(
  path: string,
  words: { readonly doing: string; readonly call: string; readonly code?: string; readonly message?: string },
): Check {
  return (it) => {
    const text = it.text(path);
    if (text === undefined || parseJsonObject(text)?.["Statement"] !== undefined) return;
    const { code = "MalformedPolicyDocument", message = "Syntax errors in policy." } = words;
    throw awsRefusal(it, { ...words, code, message, fix: `Write ${path} as JSON with Version and Statement.`, path });
  };
}

/** The role whose ARN the attribute names must exist; roles of other accounts are taken on trust. */
export function roleExists(
  path: string,
  words: { readonly doing: string; readonly call: string; readonly code?: string },
): Check {
  const exists = refers(path, "aws_iam_role", {
    ...words,
    by: "arn",
    code: words.code ?? "InvalidParameterException",
    message: (arn) => `The role with name ${arn.split("/").at(-1)} cannot be found.`,
  });
  return (it) =>
    it.text(path)?.startsWith(`arn:aws:iam::${it.place.account}:role/`) === true ? exists(it) : undefined;
}
