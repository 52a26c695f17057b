import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PavedError } from "@paved/model";
import { removeLeft } from "./left-behind";

/** Output that is written whole, and that nobody sees yet. */
export interface WrittenOutput {
  /** Where it is until it is published: beside the place that it is for. */
  readonly directory: string;
  /**
   * Puts it in the place of the former output, as a whole.
   * @throws PavedError PVD1023 when the file system refuses, in which case the former output stands
   */
  publish(): void;
  /** Removes it. The former output stands. */
  discard(): void;
}

/**
 * Has `write` fill a directory that is this process's own, so that others may write for the same place at the same time.
 * If anything fails, the former output stands as it was. What processes left that ended half way is put right first.
 *
 * @throws PavedError PVD1023 when the file system refuses, for example a full disk
 */
export function writeBeside(output: string, write: (directory: string) => void): WrittenOutput {
  const own = `${output}.${os.hostname()}.${process.pid}`;
  const [fresh, former] = [`${own}.new`, `${own}.old`];
  const discard = (): void => {
    putBack(output, former);
    fs.rmSync(fresh, { recursive: true, force: true });
  };
  const orDiscard = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      discard();
      throw isRefusal(error) ? new PavedError(refusal(error, output)) : error;
    }
  };
  orDiscard(() => {
    removeLeft(output, putBack);
    fs.mkdirSync(fresh, { recursive: true });
    write(fresh);
  });
  return { directory: fresh, publish: () => orDiscard(() => replace(output, fresh, former)), discard };
}

/** Writes for `output` as {@link writeBeside} does, and publishes at once. */
export function swapInto(output: string, write: (directory: string) => void): void {
  writeBeside(output, write).publish();
}

/** Others may publish meanwhile: then theirs is what is replaced. */
function replace(output: string, fresh: string, former: string): void {
  while (!tookPlace(fresh, output)) {
    fs.rmSync(former, { recursive: true, force: true });
    moveAway(output, former);
  }
  fs.rmSync(former, { recursive: true, force: true });
}

/** @returns false when something stands there, which a directory does not replace */
function tookPlace(directory: string, output: string): boolean {
  try {
    fs.renameSync(directory, output);
    return true;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

function moveAway(output: string, former: string): void {
  try {
    fs.renameSync(output, former);
  } catch (error) {
    // Another process was quicker.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** Where a process ended between its two renames, the former output is put back, unless there is another by now. */
function putBack(output: string, former: string): void {
  if (!fs.existsSync(former)) return;
  if (fs.existsSync(output) || !tookPlace(former, output)) fs.rmSync(former, { recursive: true, force: true });
}

function isRefusal(error: unknown): error is NodeJS.ErrnoException {
  return typeof (error as Partial<NodeJS.ErrnoException> | null)?.syscall === "string";
}

function refusal(error: NodeJS.ErrnoException, output: string) {
  return {
    code: "PVD1023" as const,
    where: path.basename(output),
    got: `${error.code ?? "an error"} on ${error.syscall}`,
    want: "room and permission to write the output",
    fix:
      error.code === "ENOSPC"
        ? "free some disk space; the former output is untouched"
        : "check the directory; the former output is untouched",
  };
}
