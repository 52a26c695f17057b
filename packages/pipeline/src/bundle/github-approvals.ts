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

interface Review {
  readonly state?: unknown;
  readonly user?: { readonly login?: unknown };
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
 * Who approved that the run goes on, each once, without who started it.
 * @throws PavedError PVD5018 when GitHub cannot be reached, refuses, or says something else
 */
export async function gitHubApprovers(run: GitHubRun): Promise<readonly string[]> {
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
  const logins = (reviews as readonly Review[]).flatMap(({ state, user }) =>
    state === "approved" && typeof user?.login === "string" ? [user.login] : [],
  );
  return [...new Set(logins)].filter((login) => login.toLowerCase() !== run.actor.toLowerCase()).toSorted();
}

function unreadable(got: string, fix: string) {
  return { code: "PVD5018", where: "GitHub", got, want: "who approved this run", fix } as const;
}
