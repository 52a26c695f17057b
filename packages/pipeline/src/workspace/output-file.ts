import { readFileSync } from "node:fs";
import path from "node:path";
import { PavedError } from "@paved/model";
import type { Workspace } from "./workspace";

/**
 * Reads a file of the output.
 * @param want what it is, for errors
 * @throws PavedError PVD2009 when it is not there, or cannot be read
 */
export function readOutputFile(workspace: Workspace, file: string, want: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw damagedOutput(
      path.relative(workspace.root, file),
      code === "ENOENT" ? "no such file" : `${code} on reading`,
      want,
    );
  }
}

/**
 * What a text of the output says, when that is an object.
 * @param where the file, named in errors
 * @throws PavedError PVD2009 when it is empty or damaged
 */
export function parseOutput(text: string, parse: (text: string) => unknown, where: string, want: string): object {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw damagedOutput(where, String((error as Error).message).split("\n")[0] ?? "", want);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw damagedOutput(where, text.trim() === "" ? "an empty file" : "something else", want);
}

/** PVD2009 for a file of the output that is not as synth wrote it. */
export function damagedOutput(where: string, got: string, want: string): PavedError {
  return new PavedError({ code: "PVD2009", where, got: got.replace(/:$/, ""), want, fix: "run paved synth" });
}
