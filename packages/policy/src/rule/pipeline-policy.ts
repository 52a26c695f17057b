import { asText, attached } from "./attributes";
import type { ResourceSubject } from "./rule";

/** What a boundary of the account is called. */
export const BOUNDARY = /^paved-[a-z][a-z0-9]*-boundary$/;

/** Whether a policy permits nothing by itself, and is only the most that others can permit: a boundary, attached to no role. */
export function isBoundary(subject: ResourceSubject): boolean {
  const { type, attributes } = subject;
  if (type !== "aws_iam_policy" || !BOUNDARY.test(asText(attributes["name"]))) return false;
  return attached(subject, "aws_iam_role_policy_attachment", "policy_arn").length === 0;
}

/**
 * Whether a policy is of the pipeline, which makes whatever the fleet is made of: `<environment>-access` alone has those. Of
 * them AWS-IAM-021 to 023 say more, and what they permit is locked by the sentence.
 */
export function isPipelines({ stack, environment }: ResourceSubject): boolean {
  return stack === `${environment.name}-access`;
}
