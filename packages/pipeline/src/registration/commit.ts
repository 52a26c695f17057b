import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PavedError } from "@paved/model";
import { git, type GitCall } from "../git/git";
import type { Workspace } from "../workspace/workspace";

/** Text by path in the workspace; nothing where the file goes. */
export type FileTexts = ReadonlyMap<string, string | undefined>;

/** What a commit is made from. */
export interface CommitContent {
  readonly files: FileTexts;
  /** The commit that it is on top of. */
  readonly parent: string;
  readonly message: string;
  readonly call: GitCall;
}

/**
 * A commit that no branch leads to yet, made by an index of its own: what the user has staged, and the
 * working tree, stay as they are.
 * @returns its id
 */
export function commitFiles(workspace: Workspace, { files, parent, message, call }: CommitContent): string {
  const home = mkdtempSync(path.join(tmpdir(), "paved-index-"));
  const own = { ...call, environment: { ...process.env, GIT_INDEX_FILE: path.join(home, "index") } };
  try {
    const prefix = git(workspace, ["rev-parse", "--show-prefix"], call).trim();
    git(workspace, ["read-tree", parent], own);
    const entries = [...files].map(([file, text]) => {
      if (text === undefined) return `0 ${"0".repeat(40)}\t${prefix}${file}\n`;
      const id = git(workspace, ["hash-object", "-w", "--stdin"], { ...call, input: text }).trim();
      return `100644 ${id}\t${prefix}${file}\n`;
    });
    git(workspace, ["update-index", "--index-info"], { ...own, input: entries.join("") });
    const tree = git(workspace, ["write-tree"], own).trim();
    return git(workspace, ["commit-tree", tree, "-p", parent, "-F", "-"], { ...call, input: message }).trim();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Who commits.
 * @throws PavedError PVD4003 when Git does not know: asked before anything is made that a commit is for
 */
export function committer(workspace: Workspace, call: GitCall): string {
  const fix = 'git config --global user.name "<name>" and user.email';
  return git(workspace, ["var", "GIT_COMMITTER_IDENT"], { ...call, want: "somebody who commits", fix }).trim();
}

/** What a file says at a revision. @returns nothing when the revision, or the file in it, is not there */
export function readAt(workspace: Workspace, revision: string, file: string, call: GitCall): string | undefined {
  try {
    return git(workspace, ["cat-file", "blob", `${revision}:./${file}`], call);
  } catch (error) {
    if (error instanceof PavedError) return undefined;
    throw error;
  }
}
