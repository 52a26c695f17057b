import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "../workspace/atomic-write";
import type { Workspace } from "../workspace/workspace";

/** What each subject of a stack permits: sentences by address, or by kind and name. */
export type Permissions = ReadonlyMap<string, readonly string[]>;

const FOLDER = "permissions";

/** Where a stack's permissions are written down, relative to the workspace: one small file a stack. */
export function permissionFileOf({
  name,
  environment,
}: {
  readonly name: string;
  readonly environment: string;
}): string {
  return `environments/${environment}/${FOLDER}/${name.slice(environment.length + 1)}.txt`;
}

/** A line for each subject, and one for each sentence below it; sorted, so that a review sees what is new and nothing else. */
export function formatPermissions(permissions: Permissions): string {
  return [...permissions]
    .filter(([, sentences]) => sentences.length > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([subject, sentences]) => [
      subject,
      ...[...new Set(sentences)].toSorted().map((sentence) => `  ${sentence}`),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

/** Every file of permissions that there is, by its path in the workspace. */
export function readPermissionFiles({ root }: Workspace): ReadonlyMap<string, string> {
  const environments = readdirSync(path.join(root, "environments"), { withFileTypes: true });
  return new Map(
    environments
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => filesIn(root, `environments/${name}/${FOLDER}`)),
  );
}

function filesIn(root: string, folder: string): readonly (readonly [file: string, text: string])[] {
  try {
    const names = readdirSync(path.join(root, folder)).filter((name) => name.endsWith(".txt"));
    return names.map((name) => [`${folder}/${name}`, readFileSync(path.join(root, folder, name), "utf8")] as const);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Writes the file of a stack; where nothing is permitted there is none. */
export function writePermissionFile({ root }: Workspace, file: string, text: string): void {
  if (text === "") rmSync(path.join(root, file), { force: true });
  else writeAtomically(path.join(root, file), text);
}
