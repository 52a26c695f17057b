import type { StackComparison } from "./compare";

interface Rename {
  readonly from: string;
  readonly to: string;
}

/** The record that most likely says what happened, as code to write. Pure. */
export function proposal({ vanished, added }: Pick<StackComparison, "vanished" | "added">): string {
  const rename = likeliestRename(vanished, added);
  if (rename !== undefined) {
    return `was it renamed? write renamedFrom(<construct at ${rename.to}>, ${JSON.stringify(rename.from)})`;
  }
  const path = commonPath(vanished);
  const where = path === "" ? "" : `path: ${JSON.stringify(path)}, `;
  return `was it meant to go? write retire(service, { ${where}reason: "…" })`;
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

/** The longest construct path that all the addresses are below. */
function commonPath(addresses: readonly string[]): string {
  const paths = addresses.map((address) => split(address)[1]!.split("_"));
  const [first = []] = paths;
  const same = first.findIndex((id, index) => paths.some((path) => path[index] !== id));
  return (same === -1 ? first : first.slice(0, same)).join("/");
}
