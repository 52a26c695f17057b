import { type Finding, PavedError } from "@paved/model";

/** The run of a GitHub workflow that this process is part of. */
export interface GitHubRun {
  /** Where the API is, for example `https://api.github.com`. */
  readonly api: string;
  /** The same for GraphQL, for example `https://api.github.com/graphql`. */
  readonly graphql: string;
  /** `owner/name` */
  readonly repository: string;
  readonly run: string;
  /** The workflow's file and where it is from, for example `acme/paved/.github/workflows/apply.yml@refs/heads/main`. */
  readonly workflow: string;
  /** The branch that it runs for. */
  readonly branch: string;
  /** Who started the run. */
  readonly actor: string;
  /** A token that may read the run and the repository. */
  readonly token: string;
}

const VARIABLES: Readonly<Record<keyof GitHubRun, string>> = {
  api: "GITHUB_API_URL",
  graphql: "GITHUB_GRAPHQL_URL",
  repository: "GITHUB_REPOSITORY",
  run: "GITHUB_RUN_ID",
  workflow: "GITHUB_WORKFLOW_REF",
  branch: "GITHUB_REF_NAME",
  actor: "GITHUB_ACTOR",
  token: "GITHUB_TOKEN",
};

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
  return Object.fromEntries(
    Object.entries(VARIABLES).map(([key, name]) => [key, environment[name]]),
  ) as unknown as GitHubRun;
}

/**
 * What GitHub answers, as JSON.
 * @param body what is posted. @default - it is only asked
 * @throws PavedError PVD5018 when it cannot be reached, refuses, or says something that is no JSON
 */
export async function askGitHub({ token }: GitHubRun, address: string, body?: object): Promise<unknown> {
  const answer = await fetch(address, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}`, accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new PavedError(unreadable(String((error as Error).message), "let the runner reach GitHub's API"));
  });
  if (!answer.ok) {
    const fix = "give the job the permissions actions: read and contents: read";
    throw new PavedError(unreadable(`${answer.status} of ${address}`, fix));
  }
  return answer.json().catch(() => undefined);
}

/** PVD5018 */
export function unreadable(got: string, fix: string): Finding {
  return { code: "PVD5018", where: "GitHub", got, want: "what it knows of this run", fix };
}
