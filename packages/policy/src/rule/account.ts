/** Twelve digits that stand for themselves, as the number of an AWS account does. */
const TWELVE_DIGITS = /(?<![\dA-Za-z])\d{12}(?![\dA-Za-z])/g;

/** The field of an ARN that says whose it is; before it come partition, service and region. */
const OWNER = /\barn:[^:\s"]*:[^:\s"]*:[^:\s"]*:([^:\s"]*):/g;

/** What ARNs say whose resources belong to no account, or to AWS itself: its managed policies. */
const NOBODY = ["", "aws"];

/** A bucket that is named: of buckets, only a reference or an account at the end of the name says whose it is. */
const NAMED_BUCKET = /\barn:[^:\s"]*:s3:::(?!\$\{)([^\s"/]*)[^\s"]*/g;

/** Accounts, and buckets by their names, wherever they stand in a value, that are not of this account for sure. */
export function foreignAccounts(value: unknown, account: string): readonly string[] {
  return [...new Set(textsIn(value).flatMap((text) => accountsIn(text).filter((found) => found !== account)))];
}

function accountsIn(text: string): readonly string[] {
  const opaque = text.replaceAll(/\$\{[^}]*\}/g, "${…}");
  const owners = [...opaque.matchAll(OWNER)].map(([, owner = ""]) => owner).filter((owner) => !NOBODY.includes(owner));
  const buckets = [...opaque.matchAll(NAMED_BUCKET)].filter(([, name = ""]) => !/-\d{12}$/.test(name));
  return [...(text.match(TWELVE_DIGITS) ?? []), ...owners, ...buckets.map(([arn]) => arn)];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}
