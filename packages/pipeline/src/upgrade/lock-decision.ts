import type { ScratchRepository, TreeEntry } from "./scratch-repository";
import type { FileStages, Stages } from "./stages";

/** What is to become of lock files that both the template and the repository changed. */
export interface LockDecision {
  /** The template's, for what they are derived from is the template's too. */
  readonly taken: ReadonlyMap<string, TreeEntry>;
  /** Those that neither side has right: they have to be made anew. */
  readonly stages: Stages;
}

interface Trees {
  readonly base: string;
  readonly head: string;
  readonly next: string;
}

/**
 * Decides on lock files, in which no line can be merged with another: where the repository did not touch what one is derived
 * from, the template's is right. Lock files that one side alone changed are no question.
 */
export function decideLocks(
  repository: ScratchRepository,
  { base, head, next }: Trees,
  locks: readonly { readonly file: string; readonly from: readonly string[] }[],
): LockDecision {
  const names = locks.flatMap(({ file, from }) => [file, ...from]);
  const [before, ours, theirs] = [base, head, next].map((tree) => repository.entries(tree, names)) as [
    Found,
    Found,
    Found,
  ];
  const taken = new Map<string, TreeEntry>();
  const stages = new Map<string, FileStages>();
  for (const { file, from } of locks) {
    const [first, mine, new_] = [before, ours, theirs].map((found) => found.get(file));
    if (first === undefined || mine === undefined || new_ === undefined) continue;
    if (new Set([first.oid, mine.oid, new_.oid]).size < 3) continue;
    if (from.every((each) => before.get(each)?.oid === ours.get(each)?.oid)) taken.set(file, new_);
    else stages.set(file, { base: first, ours: mine, theirs: new_ });
  }
  return { taken, stages };
}

type Found = ReadonlyMap<string, TreeEntry>;
