import { GitFailure, runGit } from "./run-git";

/** The commit that manifests were rendered from. */
export interface Source {
  /** Folder of the repository that has it. */
  readonly directory: string;
  readonly commit: string;
  /** Whether the working tree had changes that are in no commit. */
  readonly uncommitted: boolean;
}

/** The commit that is checked out in a folder. @returns nothing when it is in no repository, or nothing is committed */
export async function sourceOf(directory: string): Promise<Source | undefined> {
  const commit = await asked(directory, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (commit === undefined) return undefined;
  // Only to look: otherwise it writes down in the index what it saw.
  const status = await asked(directory, ["--no-optional-locks", "status", "--porcelain"]);
  return { directory, commit, uncommitted: status !== "" };
}

/**
 * Whether what was delivered came from a commit that this source is not built on.
 * @param delivered the commit; one that the repository does not have says nothing
 */
export async function isOvertaken({ directory, commit }: Source, delivered: string): Promise<boolean> {
  if (commit === delivered) return false;
  const known = await asked(directory, ["cat-file", "-e", `${delivered}^{commit}`]);
  if (known === undefined || (await isAncestor(directory, delivered, commit))) return false;
  // In a shallow clone what is between them may be missing: then only what was delivered can say.
  const shallow = (await asked(directory, ["rev-parse", "--is-shallow-repository"])) === "true";
  return !shallow || isAncestor(directory, commit, delivered);
}

async function isAncestor(directory: string, older: string, newer: string): Promise<boolean> {
  return (await asked(directory, ["merge-base", "--is-ancestor", older, newer])) !== undefined;
}

/** What Git prints, without its end of line. @returns nothing when it fails */
async function asked(directory: string, words: readonly string[]): Promise<string | undefined> {
  try {
    return (await runGit(words, { directory })).trim();
  } catch (error) {
    if (error instanceof GitFailure) return undefined;
    throw error;
  }
}
