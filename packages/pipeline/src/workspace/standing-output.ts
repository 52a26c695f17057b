import { readdirSync, statSync } from "node:fs";
import path from "node:path";

const TRIES = 100;
const PAUSE_MS = 10;

/**
 * Reads several files of an output as they belong together: when another command put its own in that place meanwhile, all
 * of them are read again.
 * @throws whatever `read` throws of an output that stands still
 */
export function readStanding<T>(output: string, read: () => T): T {
  for (let tries = 1; ; tries += 1) {
    const before = identityOf(output);
    const moved = (): boolean => identityOf(output) !== before || (before === undefined && isBetween(output));
    try {
      const value = read();
      if (!moved() || tries === TRIES) return value;
    } catch (error) {
      if (!moved() || tries === TRIES) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

/** Tells a directory from another that has its name later. */
function identityOf(directory: string): string | undefined {
  const stat = statSync(directory, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.dev} ${stat.ino} ${stat.birthtimeNs}`;
}

/** Whether the former output has been moved away, and the next is about to take its place. */
function isBetween(output: string): boolean {
  const home = path.dirname(output);
  if (statSync(home, { throwIfNoEntry: false }) === undefined) return false;
  const start = `${path.basename(output)}.`;
  return readdirSync(home).some((name) => name.startsWith(start) && name.endsWith(".old"));
}
