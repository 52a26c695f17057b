import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import type { StackEntry } from "@paved/model";
import type { Workspace } from "./workspace";

/** What is written down of every stack, and was reviewed: each in a folder of the environment, one small file a stack. */
export type RecordFolder = "addresses" | "deviations" | "permissions";

/** The file of a stack, relative to the workspace. */
export function recordFileOf(
  { name, environment }: Pick<StackEntry, "name" | "environment">,
  folder: RecordFolder,
): string {
  return `environments/${environment}/${folder}/${name.slice(environment.length + 1)}.txt`;
}

/** Every such file that there is, by its path in the workspace; sorted. */
export function readRecordFiles({ root }: Workspace, folder: RecordFolder): ReadonlyMap<string, string> {
  const files = entries(path.join(root, "environments")).flatMap((environment) => {
    const directory = `environments/${environment}/${folder}`;
    return entries(path.join(root, directory))
      .filter((name) => name.endsWith(".txt"))
      .map((name) => `${directory}/${name}`);
  });
  return new Map(files.map((file) => [file, readFileSync(path.join(root, file), "utf8")]));
}

/** Writes the file of a stack; where there is nothing to write down there is none. */
export function writeRecordFile({ root }: Workspace, file: string, text: string): void {
  if (text === "") rmSync(path.join(root, file), { force: true });
  else writeAtomically(path.join(root, file), text);
}

/** None of what is no directory, or not there. */
function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory).toSorted();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}
