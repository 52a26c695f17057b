import { PavedError } from "@paved/model";
import { askGitHub, type GitHubRun, unreadable } from "./run";

type Review = {
  readonly state?: unknown;
  readonly user?: { readonly login?: unknown } | null;
  readonly environments?: readonly ({ readonly name?: unknown } | null)[] | null;
} | null;

/** What follows an environment's name in those of its further gates: GitHub lets a job go on after one approval. */
const FURTHER_GATES = ["second", "third", "fourth"] as const;

/** Environments of GitHub that are asked for one of ours: `production`, `production-second` and so on. */
export function gatesOf(environment: string): readonly string[] {
  return [environment, ...FURTHER_GATES.map((place) => `${environment}-${place}`)];
}

/**
 * Who approved that the run goes on into each of these environments, each once, without who started it: who let it go on into
 * another has not seen this one's plan.
 * @throws PavedError PVD5018 when GitHub cannot be reached, refuses, or says something else
 */
export async function gitHubApprovers(run: GitHubRun, environments: readonly string[]): Promise<readonly string[]> {
  const address = `${run.api}/repos/${run.repository}/actions/runs/${run.run}/approvals`;
  const reviews = await askGitHub(run, address);
  if (!Array.isArray(reviews)) throw new PavedError(unreadable("no list of approvals", "report it"));
  const seen = new Map<string, Set<unknown>>();
  for (const review of reviews as readonly Review[]) {
    const login = review?.user?.login;
    if (review?.state !== "approved" || typeof login !== "string" || !Array.isArray(review.environments)) continue;
    const gates = seen.get(login) ?? new Set();
    for (const gate of review.environments) gates.add(gate?.name);
    seen.set(login, gates);
  }
  return [...seen]
    .filter(([, gates]) => environments.every((name) => gatesOf(name).some((gate) => gates.has(gate))))
    .map(([login]) => login)
    .filter((login) => login.toLowerCase() !== run.actor.toLowerCase())
    .toSorted();
}
