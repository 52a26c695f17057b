import { readFileSync } from "node:fs";

/** When a process started, in kernel ticks since boot: tells a reused process id from the one that was noted. */
export function startOf(pid: number): string | undefined {
  return statOf(pid)?.[19];
}

function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in parentheses and may hold blanks: count from its end.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/** Whether the process noted as `pid`, started at `start`, still runs on this machine. */
export function isRunning(pid: number, start?: string): boolean {
  // To the system, what is not positive is no process but a group of them.
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const stat = statOf(pid);
  // A process that has ended keeps its id until its parent asks how; where nobody asks, that is for ever.
  if (stat?.[0] === "Z") return false;
  return start === undefined || stat === undefined || stat[19] === start;
}
