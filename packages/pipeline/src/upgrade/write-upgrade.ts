import { existsSync, lstatSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PavedError } from "@paved/model";
import { apartFromHooks, git, type GitCall, gitEnded } from "../git/git";
import { committer } from "../registration/commit";
import { Workspace } from "../workspace/workspace";
import type { TreeEntry } from "./scratch-repository";
import { STAGE_NUMBERS } from "./stages";
import type { MergedTemplate } from "./template-merge";

/** How an upgrade is written. */
export interface WrittenUpgrade {
  /** The branch to be made, at the last commit. */
  readonly branch: string;
  /** What its commit says. */
  readonly message: string;
}

/**
 * That a repository can take an upgrade: nothing in its working tree waits for a commit, and the branch is free.
 * @param directory the top folder of the repository
 * @throws PavedError PVD4104, PVD4006; PVD4003 when Git does not know who commits
 */
export function checkWritable(directory: string, branch: string): void {
  const run = inRepository(directory);
  const begun = UNFINISHED.filter((file) => existsSync(gitPath(run, directory, file)));
  if (begun.length > 0) {
    const got = `something that Git has begun and not ended: ${begun.join(", ")}`;
    throw new PavedError(uncommitted(directory, got, "end it, or give it up: git status says how"));
  }
  const changed = run(["status", "--porcelain", "--untracked-files=no"]).trimEnd().split("\n").filter(Boolean);
  if (changed.length > 0) {
    const fix = "commit them, or put them aside with git stash";
    throw new PavedError(
      changed.map((line) => uncommitted(path.join(directory, line.slice(3)), "a change that is in no commit", fix)),
    );
  }
  const { code } = gitEnded(
    new Workspace(directory),
    ["rev-parse", "--verify", "--quiet", refOf(branch)],
    callIn(directory),
  );
  if (code === 0) {
    const fix = `merge it, or remove it with git branch -D ${branch}`;
    throw new PavedError({ code: "PVD4006", where: directory, got: `a branch ${branch}`, want: "no such branch", fix });
  }
  committer(new Workspace(directory), callIn(directory));
}

/** What Git has in its folder while a rebase, a merge, a pick or a revert is not at its end. */
const UNFINISHED = ["rebase-merge", "rebase-apply", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"];

/**
 * Writes an upgrade on a branch of its own, and switches to it. Without conflicts it is a commit. With conflicts it is left
 * in the working tree as `git merge` leaves one: marked, for `git status` and `git mergetool` to know, and with the message of
 * the commit to come. When something fails the repository is as it was.
 * @throws PavedError PVD4104 when a file that Git does not know is in the way
 */
export function writeUpgrade(merged: MergedTemplate, { branch, message }: WrittenUpgrade): void {
  const { repository, tree } = merged;
  const end = repository.ended(["read-tree", "--dry-run", "-m", "-u", "HEAD", tree]);
  if (end.code !== 0) {
    throw new PavedError(uncommitted(repository.directory, end.said, "move away what Git does not know"));
  }
  const standing = inTheWay(merged);
  if (standing.length > 0) {
    const got = "a file that Git does not know, where the upgrade brings one";
    throw new PavedError(
      standing.map((file) => uncommitted(path.join(repository.directory, file), got, "move it away")),
    );
  }
  repository.keep();
  const run = inRepository(repository.directory);
  const home = headOf(run);
  run(["branch", "--no-track", branch]);
  try {
    run(["switch", "--quiet", branch]);
    run(["read-tree", "-m", "-u", "HEAD", tree]);
    if (merged.conflicts.length > 0) leaveToBeResolved(run, merged, message);
    else run(["commit", "--quiet", "--cleanup=verbatim", "--file", "-"], message);
  } catch (error) {
    for (const words of [
      ["switch", "--quiet", "--discard-changes", ...home],
      ["branch", "--quiet", "-D", branch],
    ]) {
      try {
        run(words);
      } catch {
        // What went wrong first is what is said.
      }
    }
    throw error;
  }
}

/** What is ignored Git would write over without a word: whatever stands where a file comes, or is a file where a folder comes. */
function inTheWay({ files, repository }: MergedTemplate): readonly string[] {
  const removed = new Set(files.filter(({ change }) => change === "removed").map(({ file }) => file));
  const places = files.filter(({ change }) => change === "added").flatMap(({ file }) => [file, ...foldersOf(file)]);
  return [...new Set(places)].filter((place) => {
    const there = lstatSync(path.join(repository.directory, place), { throwIfNoEntry: false });
    const isFolder = !files.some(({ file, change }) => change === "added" && file === place);
    return there !== undefined && !removed.has(place) && !(isFolder && there.isDirectory());
  });
}

function foldersOf(file: string): readonly string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

function gitPath(run: Run, directory: string, name: string): string {
  return path.resolve(directory, run(["rev-parse", "--git-path", name]).trim());
}

type Run = (words: readonly string[], input?: string) => string;

function leaveToBeResolved(run: Run, { repository, tree, stages }: MergedTemplate, message: string): void {
  const lines = [...stages].flatMap(([file, versions]) => [
    `0 ${"0".repeat(tree.length)}\t${file}\0`,
    ...Object.entries<TreeEntry>({ ...versions }).map(([name, { mode, oid }]) => {
      return `${mode} ${oid} ${STAGE_NUMBERS[name as keyof typeof STAGE_NUMBERS]}\t${file}\0`;
    }),
  ]);
  run(["update-index", "-z", "--index-info"], lines.join(""));
  writeFileSync(gitPath(run, repository.directory, "MERGE_MSG"), message);
}

/** What switches back to where the repository is. */
function headOf(run: Run): readonly string[] {
  const name = run(["rev-parse", "--abbrev-ref", "HEAD"]).trim();
  return name === "HEAD" ? ["--detach", run(["rev-parse", "HEAD"]).trim()] : [name];
}

/** Hooks are the other repository's code, and may want what is not installed; it is judged again when it is pushed. */
const WITHOUT_HOOKS = ["-c", "core.hooksPath=/dev/null"];

function inRepository(directory: string): Run {
  return (words, input) =>
    git(new Workspace(directory), [...WITHOUT_HOOKS, ...words], {
      ...callIn(directory),
      ...(input !== undefined && { input }),
    });
}

function callIn(where: string): GitCall {
  const environment = apartFromHooks(process.env);
  return { where, want: "a repository that can be written to", fix: "look at what Git says", environment };
}

const refOf = (branch: string): string => `refs/heads/${branch}`;

function uncommitted(where: string, got: string, fix: string) {
  return { code: "PVD4104", where, got, want: "a working tree as its last commit", fix } as const;
}
