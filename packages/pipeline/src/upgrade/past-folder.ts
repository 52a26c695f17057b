import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { git } from "../git/git";
import { HISTORY, refuseShallow } from "../git/history";
import type { PastText } from "../git/past-texts";
import { readAt } from "../registration/commit";
import { Workspace } from "../workspace/workspace";

/** A folder of the workspace at one commit, which a file in it tells from others. */
export interface PastFolder {
  /** Relative to the workspace. */
  readonly folder: string;
  /** The file in it that is asked about each commit. */
  readonly file: string;
  /** Whether the commit at which the file says this is the one. */
  readonly fits: (text: string) => boolean;
}

/**
 * The last commit of this branch's own line (what a merge brought counts as one change) at which the folder was as it is
 * looked for.
 * @returns the commit with what the file says there, or nothing when there is none
 * @throws PavedError PVD4003 without a repository, and where a shallow clone does not have the commit
 */
export function lastCommitWith(workspace: Workspace, { folder, file, fits }: PastFolder): PastText | undefined {
  const words = ["log", "--first-parent", "--format=%H", "--", folder];
  for (const commit of git(workspace, words, HISTORY).split("\n").filter(Boolean)) {
    const text = readAt(workspace, commit, `${folder}/${file}`, HISTORY);
    if (text !== undefined && fits(text)) return { commit, text };
  }
  refuseShallow(workspace);
  return undefined;
}

/** Puts a folder, as it was at a commit, into a directory of its own, lets `use` read it there, and removes it. */
export async function withFolderAt<T>(
  workspace: Workspace,
  commit: string,
  folder: string,
  use: (directory: string) => T | Promise<T>,
): Promise<T> {
  const home = mkdtempSync(path.join(tmpdir(), "paved-past-"));
  const call = { ...HISTORY, environment: { ...process.env, GIT_INDEX_FILE: path.join(home, "index") } };
  const directory = path.join(home, "folder");
  try {
    const prefix = git(workspace, ["rev-parse", "--show-prefix"], HISTORY).trim();
    // In a folder of the repository, Git would write what that folder has in the index, which is nothing.
    const top = new Workspace(git(workspace, ["rev-parse", "--show-toplevel"], HISTORY).trim());
    git(top, ["read-tree", `${commit}:${prefix}${folder}`], call);
    git(top, ["-c", "core.autocrlf=false", "checkout-index", "--all", `--prefix=${directory}/`], call);
    return await use(directory);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
