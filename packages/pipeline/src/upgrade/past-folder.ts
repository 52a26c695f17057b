import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PavedError } from "@paved/model";
import { git, type GitCall } from "../git/git";
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

const HISTORY: GitCall = {
  where: "history",
  want: "a repository of Git, with its whole history",
  fix: "run it in a clone, and git fetch --unshallow where that has not everything",
};

/**
 * The last commit of this branch's own line (what a merge brought counts as one change) at which the folder was as it is
 * looked for.
 * @returns its hash, or nothing when it never was
 * @throws PavedError PVD4003 without a repository, and where a shallow clone does not have the commit
 */
export function lastCommitWith(workspace: Workspace, { folder, file, fits }: PastFolder): string | undefined {
  const words = ["log", "--first-parent", "--format=%H", "--", folder];
  const commits = git(workspace, words, HISTORY).split("\n").filter(Boolean);
  const found = commits.find((commit) => {
    const text = readAt(workspace, commit, `${folder}/${file}`, HISTORY);
    return text !== undefined && fits(text);
  });
  if (found === undefined && git(workspace, ["rev-parse", "--is-shallow-repository"], HISTORY).trim() === "true") {
    const { where, want, fix } = HISTORY;
    throw new PavedError({ code: "PVD4003", where, got: "a shallow clone", want, fix });
  }
  return found;
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
