import { commitOf, git, inHistory } from "../git/git";
import { readRecordFiles } from "../workspace/record-files";
import type { Workspace } from "../workspace/workspace";

/** What the lock of one stack says. */
export interface LockedAddresses {
  readonly addresses: readonly string[];
  /** What is not as it is written: a line that is no address, out of its order, or there twice, or ends of another system. */
  readonly strange?: string;
}

/** What is locked, by stack. */
export type AddressLock = ReadonlyMap<string, LockedAddresses>;

const ADDRESS = /^[a-z][a-z0-9_]*\.[a-zA-Z0-9_-]+$/;

const FILE = /^environments\/([a-z0-9]+)\/addresses\/([a-z0-9-]+)\.txt$/;

function stackOf(file: string): string | undefined {
  const [, environment, name] = FILE.exec(file) ?? [];
  return environment === undefined ? undefined : `${environment}-${name}`;
}

/** Reads a lock however it was treated: what is an address counts, and the rest is {@link LockedAddresses.strange}. */
export function parseLock(text: string): LockedAddresses {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const addresses = lines.filter((line) => ADDRESS.test(line));
  return { addresses: [...new Set(addresses)].toSorted(), strange: strangeness(text, lines) };
}

function strangeness(text: string, lines: readonly string[]): string | undefined {
  const other = lines.find((line) => !ADDRESS.test(line));
  if (other !== undefined) return `the line ${JSON.stringify(other)}, which is no address`;
  const double = lines.find((line, index) => lines.indexOf(line) !== index);
  if (double !== undefined) return `${double} twice`;
  const late = lines.find((line, index) => index > 0 && line < (lines[index - 1] as string));
  if (late !== undefined) return `${late} out of its order`;
  return text === formatLock(lines) ? undefined : "lines that do not end as they are written, with a line feed alone";
}

/** One address a line. */
export function formatLock(addresses: readonly string[]): string {
  return addresses.map((address) => `${address}\n`).join("");
}

/** The lock as it is in the workspace. */
export function readLock(workspace: Workspace): AddressLock {
  const lock = new Map<string, LockedAddresses>();
  for (const [file, text] of readRecordFiles(workspace, "addresses")) {
    const stack = stackOf(file);
    if (stack !== undefined) lock.set(stack, parseLock(text));
  }
  return lock;
}

/**
 * The lock as it was in a revision of Git, for example the base of a pull request.
 * @throws PavedError PVD4003 when Git does not know the revision
 */
export function readLockAt(workspace: Workspace, revision: string): AddressLock {
  const commit = commitOf(workspace, revision, "--base");
  const history = inHistory("--base");
  const listing = git(workspace, ["ls-tree", "-r", "--name-only", commit, "--", "environments"], history);
  const lock = new Map<string, LockedAddresses>();
  for (const file of listing.split("\n")) {
    const stack = stackOf(file);
    if (stack !== undefined) lock.set(stack, parseLock(git(workspace, ["show", `${commit}:./${file}`], history)));
  }
  return lock;
}
