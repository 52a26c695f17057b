import type { TreeEntry } from "./scratch-repository";

/** The versions of a file that Git could not bring together. */
export interface FileStages {
  readonly base?: TreeEntry;
  /** What the repository has. */
  readonly ours?: TreeEntry;
  /** What the template has now. */
  readonly theirs?: TreeEntry;
}

/** By path. */
export type Stages = ReadonlyMap<string, FileStages>;

/** What Git calls each version in an index. */
export const STAGE_NUMBERS = { base: 1, ours: 2, theirs: 3 } as const;

const NAMES = ["base", "ours", "theirs"] as const;

/** Reads lines as `git ls-files --unmerged` has them: mode, hash, number of the version, and path. */
export function stagesIn(lines: readonly string[]): Stages {
  const stages = new Map<string, FileStages>();
  for (const line of lines.filter(Boolean)) {
    const [attributes = "", file = ""] = line.split("\t");
    const [mode = "", oid = "", stage = ""] = attributes.split(" ");
    stages.set(file, { ...stages.get(file), [NAMES[Number(stage) - 1]!]: { mode, oid } });
  }
  return stages;
}
