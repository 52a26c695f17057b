import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Workspace } from "../workspace/workspace";

/** Where it is written down that environments were removed, relative to the workspace. */
export const REMOVED_RECORD = "environments/removed.txt";

const HEAD = "# environments that were removed when nothing lived in them any more: name account";

/** Names of environments that are written down as removed. */
export function removedEnvironments({ root }: Workspace): ReadonlySet<string> {
  const file = path.join(root, REMOVED_RECORD);
  return new Set(existsSync(file) ? entriesIn(readFileSync(file, "utf8")).map(nameOf) : []);
}

/** The record with an environment that is removed, sorted. @param text what it says; nothing when there is none */
export function recordWith(text: string | undefined, { name, account }: Removed): string {
  return formatted([...entriesIn(text ?? "").filter((entry) => nameOf(entry) !== name), `${name} ${account}`]);
}

/** The record without an environment, which is there again. */
export function recordWithout(text: string, name: string): string {
  return formatted(entriesIn(text).filter((entry) => nameOf(entry) !== name));
}

interface Removed {
  readonly name: string;
  readonly account: string;
}

function entriesIn(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

function nameOf(entry: string): string {
  return entry.split(" ")[0]!;
}

function formatted(entries: readonly string[]): string {
  return `${[HEAD, ...entries.toSorted()].join("\n")}\n`;
}
