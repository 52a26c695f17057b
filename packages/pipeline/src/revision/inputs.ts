import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { commitOf, git, inHistory } from "../git/git";
import type { Workspace } from "../workspace/workspace";

/** All that synth reads; what is not under one of these cannot change its output. A test synthesizes from nothing else. */
const READ = [
  "cdktf.json",
  "environments",
  "golden-paths",
  "modules",
  "package-lock.json",
  "package.json",
  "packages/model",
  "packages/policy",
  "stacks",
  "tsconfig.base.json",
];

/** What is under them and never read by synth: tests, texts, and records that `paved check` keeps. */
const NOT_READ =
  /(^|\/)test\/|\.md$|^environments\/((adoption|removed)\.txt$|[^/]+\/(addresses|deviations|permissions)\/)/;

/** The files that one synth depends on, as Git knows them. */
export interface SynthInputs {
  /** Commit they are of. @default - they are in the working tree */
  readonly commit?: string;
  /** Git's id of the content of each file, by path in the workspace. */
  readonly files: ReadonlyMap<string, string>;
  /** The same for the same content, wherever it is. */
  readonly key: string;
}

function isRead(file: string): boolean {
  return !NOT_READ.test(file);
}

function inputsOf(files: readonly (readonly [file: string, id: string])[], commit?: string): SynthInputs {
  const sorted = files.filter(([file]) => isRead(file)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const [major] = process.versions.node.split(".");
  const hash = createHash("sha256").update(`node ${major}\n`);
  for (const [file, id] of sorted) hash.update(`${id} ${file}\n`);
  return { commit, files: new Map(sorted), key: hash.digest("hex").slice(0, 32) };
}

/**
 * What synth reads of a revision.
 * @param where the option that named the revision
 * @throws PavedError PVD4003 when Git does not know it
 */
export function inputsAt(workspace: Workspace, revision: string, where: string): SynthInputs {
  const commit = commitOf(workspace, revision, where);
  const listing = git(workspace, ["ls-tree", "-r", "-z", commit, "--", ...READ], inHistory(where));
  const entries = listing.split("\0").filter((line) => line !== "");
  const files = entries.map((line) => {
    const [attributes = "", file = ""] = line.split("\t");
    return [file, attributes.split(" ").at(-1) ?? ""] as const;
  });
  return inputsOf(files, commit);
}

/**
 * What synth reads of the working tree: files that are new count, files that Git ignores do not.
 * @throws PavedError PVD4003 where there is no repository
 */
export function inputsHere(workspace: Workspace, where: string): SynthInputs {
  const words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...READ];
  const listing = git(workspace, words, inHistory(where));
  const files = [...new Set(listing.split("\0"))].filter((file) => file !== "" && isRead(file));
  return inputsOf(
    files.flatMap((file) => {
      const id = idOf(path.join(workspace.root, file));
      return id === undefined ? [] : [[file, id] as const];
    }),
  );
}

/** Git's own id of a file's content, so that what is committed and what is not are known by the same. */
function idOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const content = lstatSync(file).isSymbolicLink() ? Buffer.from(readlinkSync(file)) : readFileSync(file);
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
