import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Workspace } from "../workspace/workspace";

/** Where it is written down that environments were removed, relative to the workspace. */
export const REMOVED_RECORD = "environments/removed.txt";

const HEAD = "# environments that were removed when nothing lived in them any more: name, account, where it was looked";

/** Where it was looked whether anything lives: only the cloud knows of the cloud. */
export type LookedIn = "cloud" | "sandbox";

/**
 * Names of environments that are written down as removed.
 * @param lookedIn only those of which it was looked there. @default - wherever it was looked
 */
export function removedEnvironments({ root }: Workspace, lookedIn?: LookedIn): ReadonlySet<string> {
  const file = path.join(root, REMOVED_RECORD);
  const entries = existsSync(file) ? entriesIn(readFileSync(file, "utf8")) : [];
  return new Set(entries.filter((entry) => lookedIn === undefined || entry.endsWith(` ${lookedIn}`)).map(nameOf));
}

/** The record with an environment that is removed, sorted. @param text what it says; nothing when there is none */
export function recordWith(text: string | undefined, { name, account, lookedIn }: Removed): string {
  return formatted([
    ...entriesIn(text ?? "").filter((entry) => nameOf(entry) !== name),
    `${name} ${account} ${lookedIn}`,
  ]);
}

/** The record without an environment, which is there again. */
export function recordWithout(text: string, name: string): string {
  return formatted(entriesIn(text).filter((entry) => nameOf(entry) !== name));
}

interface Removed {
  readonly name: string;
  readonly account: string;
  readonly lookedIn: LookedIn;
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
