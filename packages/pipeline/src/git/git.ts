import { spawnSync } from "node:child_process";
import { PavedError } from "@paved/model";
import type { Workspace } from "../workspace/workspace";

/** One call of Git. */
export interface GitCall {
  /** What asked for it, named in the error: `--base`. */
  readonly where: string;
  /** What would have been needed, and what to do, when it fails. */
  readonly want: string;
  readonly fix: string;
  /** Text for its standard input. @default - none */
  readonly input?: string;
  /** @default - that of this process */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * What Git prints, run in the workspace.
 * @throws PavedError PVD4003 when it fails, or is not there
 */
export function git(workspace: Workspace, words: readonly string[], call: GitCall): string {
  const { code, stdout, said } = gitEnded(workspace, words, call);
  if (code === 0) return stdout;
  throw new PavedError({ code: "PVD4003", where: call.where, got: said, want: call.want, fix: call.fix });
}

/** How a call of Git ended. */
export interface GitEnd {
  /** Its exit code. @default - there is no Git, or it was killed */
  readonly code: number | null;
  readonly stdout: string;
  /** The first line of its errors. */
  readonly said: string;
}

/** As {@link git}, for a call whose exit code is an answer. */
export function gitEnded({ root }: Workspace, words: readonly string[], call: GitCall): GitEnd {
  const { status, stdout, stderr, error } = spawnSync("git", words, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 512 * 1024 * 1024,
    input: call.input,
    env: call.environment ?? process.env,
  });
  const said = stderr?.trim().split("\n")[0] || (error === undefined ? `an end with ${status}` : "no git");
  return { code: status, stdout: stdout ?? "", said };
}

/** The environment without what it says of another repository, as it does where a hook of Git runs. */
export function apartFromHooks(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(environment).filter(([name]) => !OF_A_REPOSITORY.has(name));
  return Object.fromEntries(own);
}

const OF_A_REPOSITORY: ReadonlySet<string> = new Set([
  "GIT_DIR",
  "GIT_INDEX_FILE",
  "GIT_WORK_TREE",
  "GIT_PREFIX",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
]);

/**
 * The commit that a revision names.
 * @param where the option that named it
 * @throws PavedError PVD4003 when Git does not know it
 */
export function commitOf(workspace: Workspace, revision: string, where: string): string {
  // A revision that begins with a hyphen would be an option.
  const words = ["rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`];
  try {
    return git(workspace, words, inHistory(where)).trim();
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    throw new PavedError(error.findings.map((each) => ({ ...each, got: `${JSON.stringify(revision)}: ${each.got}` })));
  }
}

/** What is wanted of a call that looks into the history. */
export function inHistory(where: string): GitCall {
  return {
    where,
    want: "a revision of this repository",
    fix: "name a branch, tag or commit that is fetched, for example origin/main",
  };
}
