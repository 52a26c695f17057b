import { readFileSync } from "node:fs";

/** When a process started, in kernel ticks since boot: tells a reused process id from the one that was noted. */
export function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in parentheses and may hold blanks: count from its end.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

/** Whether the process noted as `pid`, started at `start`, still runs on this machine. */
export function isRunning(pid: number, start?: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return start === undefined || isSame(start, startOf(pid));
}

function isSame(start: string, now: string | undefined): boolean {
  return now === undefined || now === start;
}
