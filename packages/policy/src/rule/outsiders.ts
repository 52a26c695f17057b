import { isOfAccount, isReference } from "./arn";
import type { Condition, Statement } from "./policy-document";

/**
 * Operators that hold for what they name and nothing else. Not so those with `Not`, those with `IfExists` and
 * `ForAllValues`, which hold where the key is missing, and `Null`, which names nothing (IAM user guide, condition operators).
 */
const NAMING = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/;

/** Whether a condition holds only for the values it names, and names some. */
export function isNaming({ operator, values }: Condition): boolean {
  return NAMING.test(operator) && values.length > 0;
}

/** Keys whose value is an account, or an ARN with one. */
const OF_ACCOUNT = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:sourceaccount",
  "aws:sourcearn",
  "kms:calleraccount",
]);

/** Keys whose value is a thing without an account in its name. */
const OF_STACK = new Set(["aws:sourcevpc", "aws:sourcevpce"]);

/** What a service of AWS says of whom it acts for; anybody else could say so too. */
const SAID_BY_SERVICE = "kms:encryptioncontext:aws:logs:arn";

/**
 * Whether a condition of a statement says that it holds for this account alone. An organization is more than an account,
 * and `kms:ViaService` says through what somebody calls, not who.
 */
export function isNarrowed({ conditions, principals }: Statement, account: string): boolean {
  const services = principals.every(([type]) => type === "Service");
  return conditions.some((condition) => {
    const { key, values } = condition;
    if (!isNaming(condition)) return false;
    if (OF_STACK.has(key)) return values.every(isReference);
    const names = OF_ACCOUNT.has(key) || (services && key === SAID_BY_SERVICE);
    return names && values.every((value) => isOfAccount(value, account));
  });
}

/** Whom a statement lets in although they are not of the account; services of AWS are AWS-IAM-009's to judge. */
export function outsiders(statement: Statement, account: string): readonly string[] {
  if (!statement.allows || isNarrowed(statement, account)) return [];
  const named = statement.principals.filter(
    ([type, value]) => type !== "Service" && !(OWN_TYPES.has(type) && isOfAccount(value, account)),
  );
  return [...named.map(([, value]) => value), ...(statement.exceptsPrincipals ? ["NotPrincipal"] : [])];
}

/** Types of principals that belong to an account. */
const OWN_TYPES = new Set(["AWS", "Federated"]);
