import type { Environment } from "@paved/model";

/**
 * The pipeline's roles, the same names in each account: for pull requests, for what is merged, for what is approved, and for
 * images that are copied from an earlier environment.
 */
export const PIPELINE_ROLES = {
  plan: "paved-plan",
  observe: "paved-observe",
  apply: "paved-apply",
  copy: "paved-copy",
} as const;

/** What the pipeline does as one of its roles. */
export type PipelineRole = keyof typeof PIPELINE_ROLES;

type Account = Pick<Environment, "account">;

/** ARN of a role of the pipeline, by default of the one that applies. The access stack makes them. */
export function pipelineRoleArn({ account }: Account, role: PipelineRole = "apply"): string {
  return `arn:aws:iam::${account}:role/${PIPELINE_ROLES[role]}`;
}

/** Name of the policy that says what a role of the fleet can be permitted at most. */
export const ROLE_BOUNDARY = "paved-role-boundary";

/** ARN of the boundary that every role of the fleet has: without it the pipeline could make a role that may do all. */
export function roleBoundaryArn({ account }: Account): string {
  return `arn:aws:iam::${account}:policy/${ROLE_BOUNDARY}`;
}
