import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { isRunning, writeAtomically } from "@paved/machine";
import { PavedError } from "@paved/model";
import { localLockFile } from "./state-lock";

const PATIENCE_MS = 60_000;

/**
 * Waits for an engine that a killed run has left behind: without its providers it ends by itself and saves its state.
 * @throws PavedError PVD2005 when it still runs after a minute
 */
export async function waitForLeftEngine(stack: string, pidFile: string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const left = readPid(pidFile);
    if (left === undefined || !isRunning(left.pid, left.start)) return;
    if (Date.now() > until) throw stillRunning(stack, left.pid);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Makes a local state readable again after a kill: a file that was cut off while it was written is replaced by
 * OpenTofu's own backup and kept as `.broken`; the note of a lock whose process is gone is removed.
 */
export function recoverState(stateFile: string): void {
  rmSync(localLockFile(stateFile), { force: true });
  if (isReadable(stateFile)) return;
  renameSync(stateFile, `${stateFile}.broken`);
  const backup = `${stateFile}.backup`;
  if (existsSync(backup) && isReadable(backup)) writeAtomically(stateFile, readFileSync(backup));
}

function isReadable(file: string): boolean {
  try {
    const text = readFileSync(file, "utf8");
    return text === "" || typeof JSON.parse(text) === "object";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

function readPid(file: string): { readonly pid: number; readonly start?: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as { pid: number; start?: string };
  } catch {
    return undefined;
  }
}

function stillRunning(stack: string, pid: number): PavedError {
  return new PavedError({
    code: "PVD2005",
    where: stack,
    got: `OpenTofu of an earlier run, process ${pid}, still working on it`,
    want: "no other process on the stack",
    fix: `wait for it, or stop it with kill -INT ${pid}`,
  });
}
