import type { Workspace } from "../workspace/workspace";
import { git, type GitCall } from "./git";

/** What a file said at a commit that changed it. */
export interface PastText {
  /** The commit's whole hash. */
  readonly commit: string;
  readonly text: string;
}

/**
 * What a file said at every commit that changed it, the newest first; commits that removed it are left out.
 * @param file relative to the workspace
 * @throws PavedError PVD4003 where there is no repository of Git
 */
export function* pastTexts(workspace: Workspace, file: string): Generator<PastText> {
  const call: GitCall = { where: file, want: "a repository of Git, which keeps what it was", fix: "run it in a clone" };
  const words = ["log", "--format=%H", "--diff-filter=AM", "--", file];
  for (const commit of git(workspace, words, call).split("\n")) {
    if (commit !== "") yield { commit, text: git(workspace, ["show", `${commit}:./${file}`], call) };
  }
}
