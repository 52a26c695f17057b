import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { StackEntry } from "@paved/model";
import { commitOf, git, inHistory } from "../git/git";
import { writeAtomically } from "../workspace/atomic-write";
import type { Workspace } from "../workspace/workspace";

/** Addresses that are locked, by stack. */
export type AddressLock = ReadonlyMap<string, readonly string[]>;

const FILE = /^environments\/([a-z]+)\/addresses\/([a-z0-9-]+)\.txt$/;

/** Where a stack's addresses are locked, relative to the workspace: one small file a stack, one address a line. */
export function lockFileOf({ name, environment }: Pick<StackEntry, "name" | "environment">): string {
  return `environments/${environment}/addresses/${name.slice(environment.length + 1)}.txt`;
}

function stackOf(file: string): string | undefined {
  const [, environment, name] = FILE.exec(file) ?? [];
  return environment === undefined ? undefined : `${environment}-${name}`;
}

function addressesIn(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** The lock as it is in the workspace. */
export function readLock(workspace: Workspace): AddressLock {
  const lock = new Map<string, readonly string[]>();
  for (const environment of folders(path.join(workspace.root, "environments"))) {
    const folder = path.join(workspace.root, "environments", environment, "addresses");
    for (const name of existsSync(folder) ? readdirSync(folder).toSorted() : []) {
      const stack = stackOf(`environments/${environment}/addresses/${name}`);
      if (stack !== undefined) lock.set(stack, addressesIn(readFileSync(path.join(folder, name), "utf8")));
    }
  }
  return lock;
}

function folders(parent: string): readonly string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/**
 * The lock as it was in a revision of Git, for example the base of a pull request.
 * @throws PavedError PVD4003 when Git does not know the revision
 */
export function readLockAt(workspace: Workspace, revision: string): AddressLock {
  const commit = commitOf(workspace, revision, "--base");
  const history = inHistory("--base");
  const listing = git(workspace, ["ls-tree", "-r", "--name-only", commit, "--", "environments"], history);
  const lock = new Map<string, readonly string[]>();
  for (const file of listing.split("\n")) {
    const stack = stackOf(file);
    if (stack !== undefined) lock.set(stack, addressesIn(git(workspace, ["show", `${commit}:./${file}`], history)));
  }
  return lock;
}

/** Writes the lock of one stack; without addresses there is none. */
export function writeLockFile(workspace: Workspace, file: string, addresses: readonly string[]): void {
  const full = path.join(workspace.root, file);
  if (addresses.length === 0) rmSync(full, { force: true });
  else writeAtomically(full, `${addresses.join("\n")}\n`);
}
