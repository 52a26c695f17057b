import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import { readStanding } from "../workspace/standing-output";
import type { Workspace } from "../workspace/workspace";

/** What one synth was made from, and what it wrote, each as a hash. */
export interface KeptSynth {
  readonly inputs: string;
  readonly output: string;
}

/**
 * What synth is made from. It is a function of files alone, all of which are in the bundle; the map says which lines the elements
 * of the index come from.
 */
export function synthInputs(bundle: string): string {
  const hash = createHash("sha256").update(process.version);
  const folder = path.dirname(bundle);
  // With the packages of others, which are a file of their own. What another command has not written to its end begins with a dot.
  const files = readdirSync(folder).filter((file) => !file.startsWith("."));
  for (const file of files.toSorted()) hash.update(`${file}\0`).update(readFileSync(path.join(folder, file)));
  return hash.digest("hex");
}

/** Everything that synth wrote. What later commands put beside it is theirs. */
export function synthOutput({ output, runReport }: Workspace): string {
  const hash = createHash("sha256");
  const files = readdirSync(output, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => file !== runReport);
  for (const file of files.toSorted())
    hash
      .update(`${path.relative(output, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

/** What `read` makes of the last synth, if that was made from the same and stands as it was written. */
export function readKept<T>(
  workspace: Workspace,
  inputs: string,
  read: (written: Workspace) => T,
): { readonly value: T } | undefined {
  const note = keptSynth(workspace);
  if (note?.inputs !== inputs || !existsSync(workspace.output)) return undefined;
  return readStanding(workspace.output, () =>
    synthOutput(workspace) === note.output ? { value: read(workspace) } : undefined,
  );
}

/** Writes down what the last synth was made from. */
export function keepSynth(workspace: Workspace, kept: KeptSynth): void {
  writeAtomically(fileOf(workspace), `${JSON.stringify(kept)}\n`);
}

/** From here on nothing is known of what stands. */
export function forgetSynth(workspace: Workspace): void {
  rmSync(fileOf(workspace), { force: true });
}

function keptSynth(workspace: Workspace): Partial<KeptSynth> | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(workspace), "utf8")) as Partial<KeptSynth>;
  } catch {
    return undefined;
  }
}

function fileOf({ cache }: Workspace): string {
  return path.join(cache, "synth.json");
}
