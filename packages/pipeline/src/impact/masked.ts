import { credentialIn } from "@paved/policy";

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
