import type { ChildProcess } from "node:child_process";

/**
 * Waits until a process has ended and said all: its exit code, or the signal that killed it.
 * @throws the error of the system when it could not be started
 */
export function exitOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exit, signal) => resolve(exit ?? signal ?? "unknown"));
  });
}
