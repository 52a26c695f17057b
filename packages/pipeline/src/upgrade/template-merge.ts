import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { decideLocks } from "./lock-decision";
import { markedFiles } from "./marked-files";
import { ScratchRepository } from "./scratch-repository";
import { type Stages, stagesIn } from "./stages";

/** What became of a template, and what the repository that was made of it takes over. */
export interface TemplateChange {
  /** Text by path: what the template made, as it was when the repository last took something over. */
  readonly base: ReadonlyMap<string, string>;
  /** What it makes of the same answers now. */
  readonly next: ReadonlyMap<string, string>;
  /** What conflict markers call the two. */
  readonly names: { readonly base: string; readonly next: string };
  /** Files that are as the template says, whatever was done to them. */
  readonly settled: readonly string[];
  /** Files that are derived from others, which no merge makes right. */
  readonly locks: readonly { readonly file: string; readonly from: readonly string[] }[];
}

/** One file that is to become another, or to come or go. */
export interface ChangedFile {
  readonly file: string;
  readonly change: "added" | "changed" | "removed";
}

/**
 * A file in which the template and the repository changed the same: `marked` has both versions in it, `unmarked` is the
 * repository's because it cannot hold them (it is no text, or both gave it another name), `lock` is the repository's and has to be made anew.
 */
export interface ConflictingFile {
  readonly file: string;
  readonly kind: "marked" | "unmarked" | "lock";
}

/** A file whose change is not taken over: the repository removed it, or changed one that the template dropped. */
export interface LeftFile {
  readonly file: string;
  readonly because: "removed here" | "changed here, dropped by the scaffold";
}

/** A repository with the change of its template; nothing of it is in the repository yet. */
export interface MergedTemplate {
  readonly files: readonly ChangedFile[];
  readonly conflicts: readonly ConflictingFile[];
  readonly left: readonly LeftFile[];
  readonly repository: ScratchRepository;
  /** The whole of it, as a tree; what conflicts is in it with markers. */
  readonly tree: string;
  /** What Git needs to know of files that conflict: the versions of each. */
  readonly stages: Stages;
}

/**
 * Merges what changed in a template into the last commit of a repository, as Git merges branches: three ways, file by file,
 * also where the repository gave a file another name.
 * @param directory the top folder of the repository
 * @throws PavedError PVD4003 when Git cannot do it
 */
export async function withMergedTemplate<T>(
  directory: string,
  change: TemplateChange,
  use: (merged: MergedTemplate) => T | Promise<T>,
): Promise<T> {
  const home = mkdtempSync(path.join(tmpdir(), "paved-upgrade-"));
  try {
    return await use(merge(new ScratchRepository(directory, home), change, path.join(home, "marked")));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function merge(repository: ScratchRepository, change: TemplateChange, home: string): MergedTemplate {
  const base = repository.treeOf(change.base, "base");
  const next = repository.treeOf(change.next, "next");
  const head = repository.git(["rev-parse", "HEAD^{tree}"]).trim();
  const { tree: first, stages: found } = mergedByGit(repository, { base, head, next });
  const locks = decideLocks(repository, { base, head, next }, change.locks);
  const settled = repository.entries(next, change.settled);
  const decided = new Set([...settled.keys(), ...locks.taken.keys(), ...locks.stages.keys()]);
  const stages = new Map([...found].filter(([file]) => !decided.has(file)));
  const both = new Map([...stages].filter(([, { ours, theirs }]) => ours !== undefined && theirs !== undefined));
  const marked = markedFiles(repository, both, change.names, home);
  const single = [...stages].filter(([file]) => !both.has(file));
  // Where both gave a file another name, or one a folder the name of the other's file, Git puts there what the repository never had.
  const had = repository.entries(
    head,
    single.map(([file]) => file),
  );
  const displaced = new Map(
    single.flatMap(([file, { ours }]) => {
      const before = had.get(file);
      return ours === undefined || before?.oid === ours.oid ? [] : [[file, { ours: before ?? ours }] as const];
    }),
  );
  const oneSided = single.filter(([file]) => !displaced.has(file));
  const tree = repository.changedTree(first, [
    ...settled,
    ...locks.taken,
    ...[...locks.stages].map(([file, { ours }]) => [file, ours] as const),
    ...marked,
    // What only the repository has stays, what it removed stays away.
    ...oneSided.map(([file, { ours }]) => [file, ours] as const),
    ...[...displaced].map(([file, { ours }]) => [file, ours] as const),
  ]);
  const conflicts: ConflictingFile[] = [
    ...[...both.keys()].map((file) => ({ file, kind: marked.has(file) ? "marked" : "unmarked" }) as const),
    ...[...displaced.keys()].map((file) => ({ file, kind: "unmarked" }) as const),
    ...[...locks.stages.keys()].map((file) => ({ file, kind: "lock" }) as const),
  ];
  return {
    files: changedFiles(repository, head, tree),
    conflicts: sorted(conflicts),
    left: sorted(
      oneSided.map(([file, { ours }]): LeftFile => {
        return { file, because: ours === undefined ? "removed here" : "changed here, dropped by the scaffold" };
      }),
    ),
    repository,
    tree,
    stages: new Map([...both, ...displaced, ...locks.stages]),
  };
}

interface Trees {
  readonly base: string;
  readonly head: string;
  readonly next: string;
}

/** Commits that have the same one before them tell Git what to compare with. */
function mergedByGit(
  repository: ScratchRepository,
  { base, head, next }: Trees,
): { readonly tree: string; readonly stages: Stages } {
  const before = repository.commitOf(base);
  const [ours, theirs] = [head, next].map((tree) => repository.commitOf(tree, before)) as [string, string];
  const settings = ["-c", "merge.renames=true", "-c", "merge.directoryRenames=false"];
  const words = [...settings, "merge-tree", "--write-tree", "-z", "--no-messages", ours, theirs];
  const end = repository.ended(words);
  if (end.code !== 0 && end.code !== 1) repository.refuse(end);
  const [tree = "", ...lines] = end.stdout.split("\0");
  return { tree, stages: stagesIn(lines) };
}

const CHANGES: Readonly<Record<string, ChangedFile["change"]>> = { A: "added", D: "removed" };

function changedFiles(repository: ScratchRepository, before: string, after: string): readonly ChangedFile[] {
  const said = repository.git(["diff-tree", "-r", "-z", "--no-renames", "--name-status", before, after]).split("\0");
  const pairs = said.slice(0, -1);
  return pairs.flatMap((letter, index) => {
    return index % 2 === 0 ? [{ file: pairs[index + 1]!, change: CHANGES[letter] ?? "changed" }] : [];
  });
}

function sorted<T extends { readonly file: string }>(files: readonly T[]): readonly T[] {
  return files.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

/** The same as one difference, in Git's form, for a person. */
export function differenceOf({ repository, tree }: MergedTemplate, colour: boolean): string {
  const words = ["diff", "--no-ext-diff", "--no-textconv", `--color=${colour ? "always" : "never"}`, "HEAD", tree];
  return repository.git(["-c", "core.quotePath=false", ...words]).trimEnd();
}
