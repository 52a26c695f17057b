import { includesAction } from "./actions";
import { asText, attached, shown } from "./attributes";
import { outsiders } from "./outsiders";
import { refusesPlainText, type Statement, statementsOf } from "./policy-document";
import type { ResourceSubject, Violation } from "./rule";

/** Breaks the rule for each statement that is wrong; a policy that cannot be read is AWS-IAM-001's to report. */
export function eachStatement(
  policy: unknown,
  wrong: (statement: Statement) => string | undefined,
): readonly Violation[] {
  return (statementsOf(policy) ?? []).flatMap((statement) => {
    const got = wrong(statement);
    return got === undefined ? [] : [{ got }];
  });
}

/**
 * Breaks the rule when a policy lets in somebody who is not of the environment's account.
 * @param isKnown what a statement may do nevertheless. @default - nothing
 */
export function admitsNobodyUnknown(
  { attributes, environment }: ResourceSubject,
  isKnown: (statement: Statement) => boolean = () => false,
): readonly Violation[] {
  return eachStatement(attributes["policy"], (statement) => {
    if (isKnown(statement)) return undefined;
    const unknown = outsiders(statement, environment.account);
    return unknown.length > 0 ? `${shown(statement.actions)} for ${shown(unknown)}` : undefined;
  });
}

/** Where the policies of a thing are written. */
export interface PolicyPlace {
  /** Type of the resource that holds the policy. */
  readonly type: string;
  /** Its attribute that names what the policy is of. */
  readonly of: string;
  /** Attribute of the thing by whose literal value it can be named. @default - only by reference */
  readonly called?: string;
  /** What follows the thing's ARN for all that is in it: `/*` for the objects of a bucket. @default - nothing is in it */
  readonly within?: string;
}

/**
 * Breaks the rule unless every policy of the thing refuses these actions without TLS, on the thing and all that is in it:
 * of two policies the last one counts. A policy that cannot be read may.
 */
export function demandTls(
  subject: ResourceSubject,
  place: PolicyPlace,
  actions: readonly string[],
): readonly Violation[] {
  const policies = attached(subject, place.type, place.of, place.called);
  if (policies.length === 0) return [{ got: `no ${place.type} of ${subject.address}` }];
  const parts = place.within === undefined ? [""] : ["", place.within];
  const refuses = (one: Statement): boolean =>
    refusesPlainText(one) &&
    covers(one.actions, actions) &&
    parts.every((part) => isNamed(one.resources, subject, part));
  return policies
    .map(({ attributes }) => statementsOf(attributes["policy"]))
    .filter((statements) => statements !== undefined && !statements.some(refuses))
    .map(() => ({ got: "a policy without a Deny of it all for aws:SecureTransport false" }));
}

/** Whether every action asked for is among those named. */
function covers(named: readonly string[], asked: readonly string[]): boolean {
  return asked.every((action) => named.some((name) => includesAction(name, action)));
}

/** Whether a part of a thing is among resources, by its reference or by the name it is given. */
function isNamed(resources: readonly string[], { address, attributes }: ResourceSubject, part: string): boolean {
  const name = asText(attributes["bucket"] ?? attributes["name"]);
  return resources.some(
    (resource) =>
      resource === "*" ||
      resource === `\${${address}.arn}${part}` ||
      (resource.startsWith("arn:aws:") && resource.endsWith(`:${name}${part}`)),
  );
}
