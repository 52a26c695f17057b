import type { Environment } from "@paved/model";

/** Role of the pipeline that applies, which the account must have. */
export function pipelineRoleArn({ account }: Pick<Environment, "account">): string {
  return `arn:aws:iam::${account}:role/paved-apply`;
}
