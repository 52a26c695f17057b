import type { Environment } from "@paved/model";
import { policyDocument } from "../iam/policy";
import type { PipelineRole } from "../iam/pipeline-role";

const ISSUER = "token.actions.githubusercontent.com";

/** Where GitHub says which workflow asks. */
export const GITHUB_ISSUER_URL = `https://${ISSUER}`;
/** Who GitHub's word is meant for. */
export const GITHUB_AUDIENCE = "sts.amazonaws.com";

/** ARN of the provider that vouches for GitHub in an account. */
export function githubProviderArn({ account }: Pick<Environment, "account">): string {
  return `arn:aws:iam::${account}:oidc-provider/${ISSUER}`;
}

type Pinned = Pick<Environment, "name" | "account" | "pipeline">;

/**
 * The subject that GitHub gives a job: a pull request of the repository, its branch of what is merged, the environment,
 * which GitHub lets a job have only once whoever it names there approved, or the one for copying images to it, which is for
 * that branch alone and which no other job has: neither one that runs providers nor one that copies to another environment.
 * Source: GitHub docs, "OpenID Connect reference", example subject claims.
 */
export function githubSubject({ name, pipeline: { repository, branch } }: Pinned, role: PipelineRole): string {
  const asker = {
    plan: "pull_request",
    observe: `ref:refs/heads/${branch}`,
    apply: `environment:${name}`,
    copy: `environment:copy-${name}`,
  };
  return `repo:${repository}:${asker[role]}`;
}

/** Trust in one subject, and no other job of this repository or of another. */
export function githubTrust(environment: Pinned, role: PipelineRole): string {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Federated: githubProviderArn(environment) },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${ISSUER}:aud`]: GITHUB_AUDIENCE,
          [`${ISSUER}:sub`]: githubSubject(environment, role),
        },
      },
    },
  ]);
}
