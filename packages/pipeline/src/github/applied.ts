import { PavedError } from "@paved/model";
import { askGitHub, type GitHubRun, unreadable } from "./run";

/**
 * The commit that this workflow has last brought through all its jobs on this branch: what the next change goes onto, whatever
 * was pushed and never applied since.
 * @returns nothing before the first time
 * @throws PavedError PVD5018 when GitHub cannot be reached, refuses, or says something else
 */
export async function lastApplied(run: GitHubRun): Promise<string | undefined> {
  const file = /\/([^/@]+)@/.exec(run.workflow)?.[1] ?? "";
  const asked = new URLSearchParams({ branch: run.branch, status: "success", per_page: "1" });
  const address = `${run.api}/repos/${run.repository}/actions/workflows/${encodeURIComponent(file)}/runs?${asked}`;
  const answer = (await askGitHub(run, address)) as { readonly workflow_runs?: unknown } | undefined;
  const runs = answer?.workflow_runs;
  if (!Array.isArray(runs)) throw new PavedError(unreadable("no list of runs", "report it"));
  if (runs.length === 0) return undefined;
  const commit = (runs[0] as { readonly head_sha?: unknown } | null)?.head_sha;
  if (typeof commit !== "string") throw new PavedError(unreadable("a run without its commit", "report it"));
  return commit;
}
