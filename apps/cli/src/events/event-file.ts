import { closeSync, fstatSync, mkdirSync, openSync, readSync, statSync, writeSync } from "node:fs";
import path from "node:path";
import type { Workspace } from "@paved/pipeline";

/** Variable of the environment that names the event log; empty, nothing is recorded. */
export const EVENTS_VARIABLE = "PAVED_EVENTS";

/**
 * Where events are recorded.
 * @param environment variables of this process
 * @returns nothing where recording is turned off
 */
export function eventFile(workspace: Workspace, environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment[EVENTS_VARIABLE];
  if (named === undefined) return workspace.events;
  return named === "" ? undefined : path.resolve(workspace.root, named);
}

/**
 * Adds lines to a file in one write, so that those of commands that end at the same time stay whole. What a full disk cut
 * off before is left as a line of its own.
 * @throws whatever the file system says, and for what is no file: a pipe would wait for who reads it
 */
export function appendLines(file: string, lines: readonly string[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) throw new Error("not a file");
  const descriptor = openSync(file, "a+");
  try {
    const { size } = fstatSync(descriptor);
    const last = Buffer.alloc(1);
    const isCutOff = size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() !== "\n";
    writeSync(descriptor, `${isCutOff ? "\n" : ""}${lines.join("\n")}\n`);
  } finally {
    closeSync(descriptor);
  }
}
