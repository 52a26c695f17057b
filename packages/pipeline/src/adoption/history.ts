import { git, type GitCall } from "../git/git";
import { type AdoptionTotal, totalOf } from "./adoption";
import { ADOPTION_RECORD, parseRecord } from "./record";
import type { Workspace } from "../workspace/workspace";

/** Adoption as one commit left it. */
export interface PastAdoption {
  /** The commit's whole hash. */
  readonly commit: string;
  /** Day of the commit, as `YYYY-MM-DD`. */
  readonly date: string;
  /** First line of its message. */
  readonly subject: string;
  readonly total: AdoptionTotal;
}

/**
 * Adoption at every commit that changed it, the newest first.
 * @param commits how many at most
 * @throws PavedError PVD4003 where there is no repository of Git
 */
export function adoptionHistory(workspace: Workspace, commits: number): readonly PastAdoption[] {
  const words = ["log", `--max-count=${commits}`, "--format=%H%x09%cs%x09%s", "--", ADOPTION_RECORD];
  const lines = git(workspace, words, REPOSITORY).split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const [commit = "", date = "", subject = ""] = line.split("\t");
      const listed = git(workspace, ["ls-tree", "--name-only", commit, "--", ADOPTION_RECORD], REPOSITORY).trim();
      const text = listed === "" ? "" : git(workspace, ["show", `${commit}:./${ADOPTION_RECORD}`], REPOSITORY);
      return { commit, date, subject, total: totalOf("all", parseRecord(text)) };
    });
}

const REPOSITORY: GitCall = {
  where: "--history",
  want: "a repository of Git, which keeps what adoption was",
  fix: "run it in a clone, or without --history",
};
