import { heldBy } from "../impact/stateful";
import { retirementsOf, type StackComparison } from "./compare";

interface Rename {
  readonly from: string;
  readonly to: string;
}

/**
 * The records that most likely say what happened, as code to write. Pure.
 * @param present addresses that the stack still has: no record may speak of them
 */
export function proposal(
  { vanished, added }: Pick<StackComparison, "vanished" | "added">,
  present: readonly string[],
): string {
  const rename = likeliestRename(vanished, added);
  if (rename !== undefined) {
    return `was it renamed? write renamedFrom(<construct at ${rename.to}>, ${JSON.stringify(rename.from)})`;
  }
  const { free, taken } = pathsOf(vanished, present);
  const records = free.map((path) => retirement("service", path, vanished));
  if (records.length > 0) return `was it meant to go? write ${records.join(" and ")}`;
  return `something of another type stands at ${taken.join(" and ")}: give that another id, and retire the path`;
}

/** The record of what is gone from a path, as code to write: where that destroys data, until a day. */
export function retirement(of: string, path: string, vanished: readonly string[]): string {
  const gone = vanished.filter((address) => retirementsOf(address, { retired: [{ path, reason: "" }] }).length > 0);
  const until = gone.some((address) => heldBy(address) !== undefined) ? ', until: "…"' : "";
  return `retire(${of}, { ${path === "" ? "" : `path: ${JSON.stringify(path)}, `}reason: "…"${until} })`;
}

/** The renaming of a construct that explains most of what vanished by what was added; nothing when none explains half. */
function likeliestRename(vanished: readonly string[], added: readonly string[]): Rename | undefined {
  const votes = new Map<string, { rename: Rename; explained: Set<string> }>();
  for (const gone of vanished) {
    for (const fresh of added) {
      const rename = renameBetween(gone, fresh);
      if (rename === undefined) continue;
      const key = JSON.stringify(rename);
      const entry = votes.get(key) ?? { rename, explained: new Set<string>() };
      entry.explained.add(gone);
      votes.set(key, entry);
    }
  }
  const [best] = [...votes.values()].toSorted((a, b) => b.explained.size - a.explained.size);
  return best !== undefined && best.explained.size * 2 >= vanished.length ? best.rename : undefined;
}

/** The construct paths that differ when everything that both addresses end in is taken away. */
function renameBetween(gone: string, fresh: string): Rename | undefined {
  const [typeBefore, nameBefore = ""] = split(gone);
  const [typeNow, nameNow = ""] = split(fresh);
  if (typeBefore !== typeNow) return undefined;
  const before = nameBefore.split("_");
  const now = nameNow.split("_");
  while (before.length > 1 && now.length > 1 && before.at(-1) === now.at(-1)) {
    before.pop();
    now.pop();
  }
  return { from: before.join("/"), to: now.join("/") };
}

function split(address: string): readonly string[] {
  const dot = address.indexOf(".");
  return [address.slice(0, dot), address.slice(dot + 1)];
}

interface RetirablePaths {
  /** Below these nothing is left. */
  readonly free: readonly string[];
  /** At these something else stands. */
  readonly taken: readonly string[];
}

/** The fewest construct paths that have all that vanished below them, and nothing that is there. */
function pathsOf(vanished: readonly string[], present: readonly string[]): RetirablePaths {
  const standing = new Set<string>();
  for (const address of present) {
    const ids = idsOf(address);
    for (let length = 0; length <= ids.length; length += 1) standing.add(ids.slice(0, length).join("/"));
  }
  const free = new Set<string>();
  const taken = new Set<string>();
  for (const address of vanished) {
    const ids = idsOf(address);
    const paths = [...Array(ids.length + 1).keys()].map((length) => ids.slice(0, length).join("/"));
    const path = paths.find((each) => !standing.has(each));
    if (path === undefined) taken.add(ids.join("/"));
    else free.add(path);
  }
  return { free: [...free], taken: [...taken] };
}

function idsOf(address: string): readonly string[] {
  return split(address)[1]!.split("_");
}
