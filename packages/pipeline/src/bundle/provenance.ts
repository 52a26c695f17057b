import { type BundledBase, type BundledCommit, type Finding, PavedError } from "@paved/model";
import { commitOf, git, inHistory } from "../git/git";
import type { Mode, Workspace } from "../workspace/workspace";

/**
 * The commit that is checked out, and who wrote what comes with it.
 * @param base what it goes onto: everybody who wrote something since is an author. @default - the commit's own alone
 * @throws PavedError PVD5001 in the cloud, when something is not committed; PVD4003 without a repository
 */
export function commitToBundle(workspace: Workspace, mode: Mode, base?: BundledBase): BundledCommit {
  const id = commitOf(workspace, "HEAD", "--bundle");
  const status = git(workspace, ["status", "--porcelain", "--untracked-files=all"], inHistory("--bundle"));
  const changed = status.split("\n").filter((line) => line !== "");
  if (changed.length > 0 && mode === "live") throw notCommitted(changed);
  const brought = base === undefined ? [] : commitsSince(workspace, id, base);
  return { id, clean: changed.length === 0, brought, authors: authorsOf(workspace, [id, ...brought]) };
}

/**
 * What a change goes onto, as it stands now.
 * @throws PavedError PVD4003 for a revision that Git does not know, PVD5008 when it has what the change has not: the plan
 * would undo that
 */
export function baseOf(workspace: Workspace, revision: string): BundledBase {
  const commit = commitOf(workspace, revision, "--base");
  const ahead = Number(git(workspace, ["rev-list", "--count", commit, "^HEAD"], inHistory("--base")));
  if (ahead === 0) return { revision, commit, tree: treeOf(workspace, commit) };
  throw new PavedError({
    code: "PVD5008",
    where: revision,
    got: `${ahead} ${ahead === 1 ? "commit" : "commits"} that HEAD has not`,
    want: "a change on top of its base",
    fix: `merge ${revision}, or rebase onto it`,
  });
}

/** Git's id of all files of a commit. */
export function treeOf(workspace: Workspace, commit: string): string {
  return git(workspace, ["rev-parse", "--verify", "--end-of-options", `${commit}^{tree}`], inHistory("--base")).trim();
}

/** Every commit that comes with one onto its base, without itself. */
function commitsSince(workspace: Workspace, commit: string, base: BundledBase): readonly string[] {
  const ids = git(workspace, ["rev-list", commit, `^${base.commit}`], inHistory("--base"));
  return ids.split("\n").filter((id) => id !== "" && id !== commit);
}

function authorsOf(workspace: Workspace, commits: readonly string[]): readonly string[] {
  const format = "--format=%an%n%ae%n%(trailers:key=Co-authored-by,valueonly)";
  const call = { ...inHistory("--bundle"), input: `${commits.join("\n")}\n` };
  const all = git(workspace, ["log", "--no-walk=unsorted", "--stdin", format], call);
  // A co-author is one line: name <address>.
  const names = all.split("\n").flatMap((line) => /^(.*?)\s*<(.+)>$/.exec(line)?.slice(1) ?? [line]);
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ""))].toSorted();
}

function notCommitted(changed: readonly string[]): PavedError {
  const [first, ...others] = changed.map((line) => line.slice(3));
  const finding: Finding = {
    code: "PVD5001",
    where: "working tree",
    got: `${first}${others.length > 0 ? ` and ${others.length} others` : ""}, not committed`,
    want: "a commit that has all that is planned",
    fix: "commit it; the sandbox plans it as it is, and applies it nowhere else",
  };
  return new PavedError(finding);
}
