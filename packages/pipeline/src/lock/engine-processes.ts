import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import path from "node:path";
import { isRunning } from "@paved/machine";

/** Folders of a working directory that say what is worked on, in every checkout: `work/live/dev-orders`. */
const TELLING = 3;

/**
 * Engines that work on a stack on this machine; where the system does not say which processes there are, the one noted here.
 * @param shared whether the state is in S3, which every checkout may reach; a file is its checkout's own
 * @returns their process ids
 */
export function enginesIn(workingDirectory: string, pidFile: string, shared: boolean): readonly number[] {
  if (!existsSync("/proc/self/cwd")) return notedEngine(pidFile);
  const place = path.sep + workingDirectory.split(path.sep).slice(-TELLING).join(path.sep);
  const isThere = (directory: string): boolean =>
    shared ? directory.endsWith(place) : directory === realpathSync(workingDirectory);
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => isEngineIn(pid, isThere)).map(Number);
}

function isEngineIn(pid: string, isThere: (directory: string) => boolean): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "tofu" && isThere(readlinkSync(`/proc/${pid}/cwd`));
  } catch {
    // It has ended since, or is of a user whose processes cannot be looked at.
    return false;
  }
}

function notedEngine(pidFile: string): readonly number[] {
  try {
    const { pid, start } = JSON.parse(readFileSync(pidFile, "utf8")) as { pid: number; start?: string };
    return isRunning(pid, start) ? [pid] : [];
  } catch {
    return [];
  }
}
