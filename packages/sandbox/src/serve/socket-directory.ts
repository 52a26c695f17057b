import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { isRunning } from "../running";

/** Paths of unix sockets are limited to about 107 bytes. */
const LONGEST_DIRECTORY = 80;

const NAME = /^paved-(\d+)-[^-]+$/;

/** A new directory for this process's sockets; its name holds the process id. */
export function makeSocketDirectory(): string {
  return mkdtempSync(path.join(socketRoot(), `paved-${process.pid}-`));
}

/** Removes the socket directories of processes that were killed before they could do so themselves. */
export function sweepSocketDirectories(root: string = socketRoot()): void {
  for (const name of readdirSync(root)) {
    const [, pid] = NAME.exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      rmSync(path.join(root, name), { recursive: true, force: true });
    } catch {
      // Another user's: theirs to remove.
    }
  }
}

function socketRoot(): string {
  return os.tmpdir().length > LONGEST_DIRECTORY ? "/tmp" : os.tmpdir();
}
