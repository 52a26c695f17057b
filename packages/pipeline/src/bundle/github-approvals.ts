import { PavedError } from "@paved/model";

/** Who let a job of a GitHub workflow go on into a protected environment, by login: GitHub vouches for each. */
export interface GitHubRun {
  /** Where the API is, for example `https://api.github.com`. */
  readonly api: string;
  /** `owner/name` */
  readonly repository: string;
  readonly run: string;
  /** Who started the run, who therefore does not count. */
  readonly actor: string;
  /** A token that may read the run. */
  readonly token: string;
}

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

const VARIABLES = {
  api: "GITHUB_API_URL",
  repository: "GITHUB_REPOSITORY",
  run: "GITHUB_RUN_ID",
  actor: "GITHUB_ACTOR",
  token: "GITHUB_TOKEN",
} as const;

/**
 * The run that this process is part of, as GitHub's variables say.
 * @throws PavedError PVD5018 for each variable that is missing
 */
export function gitHubRun(environment: NodeJS.ProcessEnv): GitHubRun {
  const missing = Object.values(VARIABLES).filter((name) => (environment[name] ?? "") === "");
  if (missing.length > 0) {
    throw new PavedError(
      missing.map((name) => unreadable(`no ${name}`, "run it in a job of GitHub, with GITHUB_TOKEN from github.token")),
    );
  }
  const entries = Object.entries(VARIABLES).map(([key, name]) => [key, environment[name]]);
  return Object.fromEntries(entries) as unknown as GitHubRun;
}

/**
 * Who approved that the run goes on into each of these environments, each once, without who started it: who let it go on into
 * another has not seen this one's plan.
 * @throws PavedError PVD5018 when GitHub cannot be reached, refuses, or says something else
 */
export async function gitHubApprovers(run: GitHubRun, environments: readonly string[]): Promise<readonly string[]> {
  const address = `${run.api}/repos/${run.repository}/actions/runs/${run.run}/approvals`;
  const headers = { authorization: `Bearer ${run.token}`, accept: "application/vnd.github+json" };
  const answer = await fetch(address, { headers, signal: AbortSignal.timeout(30_000) }).catch((error: unknown) => {
    throw new PavedError(unreadable(String((error as Error).message), "let the runner reach GitHub's API"));
  });
  if (!answer.ok) {
    throw new PavedError(unreadable(`${answer.status} of ${address}`, "give the job the permission actions: read"));
  }
  const reviews = (await answer.json().catch(() => undefined)) as unknown;
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

function unreadable(got: string, fix: string) {
  return { code: "PVD5018", where: "GitHub", got, want: "who approved this run", fix } as const;
}
