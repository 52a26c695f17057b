import path from "node:path";
import type { ScratchRepository, TreeEntry } from "./scratch-repository";
import type { FileStages, Stages } from "./stages";

/** Git ends with the number of conflicts, and with more than this when it could not merge at all. */
const MOST_CONFLICTS = 127;

const isFile = ({ mode }: TreeEntry): boolean => mode.startsWith("100");

/**
 * Writes what conflicts as Git does, with the two versions and the one before them, and with names that say which is which.
 * What is no text is left out.
 * @param home a folder to work in
 */
export function markedFiles(
  repository: ScratchRepository,
  both: Stages,
  names: { readonly base: string; readonly next: string },
  home: string,
): ReadonlyMap<string, TreeEntry> {
  const files = [...both].filter(([, stages]) => Object.values<TreeEntry>({ ...stages }).every(isFile));
  const versions = files.flatMap(([, { base, ours, theirs }], index) => [
    [`${index}/ours`, ours!] as const,
    [`${index}/theirs`, theirs!] as const,
    ...(base === undefined ? [] : [[`${index}/base`, base] as const]),
  ]);
  repository.writeFiles(home, new Map(versions));
  const labels = ["yours", names.base, names.next].flatMap((name) => ["-L", name]);
  return new Map(
    files.flatMap(([file, stages], index) => {
      const [ours, theirs] = ["ours", "theirs"].map((name) => path.join(home, String(index), name)) as [string, string];
      const base = stages.base === undefined ? "/dev/null" : path.join(home, String(index), "base");
      const { code } = repository.ended(["merge-file", "--quiet", "--zdiff3", ...labels, ours, base, theirs]);
      if (code === null || code > MOST_CONFLICTS) return [];
      const oid = repository.git(["hash-object", "-w", "--no-filters", ours]).trim();
      return [[file, { mode: modeOf(stages), oid }] as const];
    }),
  );
}

/** The repository's, as far as the template did not change its own. */
function modeOf({ base, ours, theirs }: FileStages): string {
  return base?.mode === ours!.mode ? theirs!.mode : ours!.mode;
}
