import { credentialIn } from "@paved/policy";
import type { AttributeDifference } from "../difference/attributes";

/** Names of attributes whose values are nobody's business, whatever they look like. */
const SECRET_NAME =
  /(^|[._-])(password|passwd|secret|token|private_key|credentials?|auth_token)(_wo|_string)?(\[\d+\])?$/i;
const MASK = "(masked)";

/**
 * A value as it may be shown: what looks like a credential, and what an attribute of a telling name holds, is masked. Names
 * of secrets and references to them are no secrets.
 */
export function masked(path: string, value: unknown): unknown {
  if (typeof value === "string") {
    const isReference = value.startsWith("${") || value.startsWith("arn:");
    if (credentialIn(value) !== undefined || (SECRET_NAME.test(path) && !isReference)) return MASK;
    return value;
  }
  if (Array.isArray(value)) return value.map((each, index) => masked(`${path}[${index}]`, each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(`${path}.${key}`, each)]));
}

/**
 * A difference as it may be shown.
 * @param isHidden whether both values are masked whatever they are
 */
export function maskedDifference(difference: AttributeDifference, isHidden = false): AttributeDifference {
  const { path } = difference;
  const value = (given: unknown): unknown => (isHidden ? MASK : masked(path, given));
  return {
    path,
    ...("before" in difference ? { before: value(difference.before) } : {}),
    ...("after" in difference ? { after: value(difference.after) } : {}),
  };
}
