import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { isRunning } from "./process-identity";

/** Folders of a working directory that say what is worked on, in every checkout: `work/live/dev-orders`. */
const TELLING = 3;

/**
 * Engines that work on a stack on this machine, in whichever checkout of the workspace; where the system does not say which
 * processes there are, in this one.
 * @returns their process ids
 */
export function enginesIn(workingDirectory: string, pidFile: string): readonly number[] {
  if (!existsSync("/proc/self/cwd")) return notedEngine(pidFile);
  const place = path.sep + workingDirectory.split(path.sep).slice(-TELLING).join(path.sep);
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => isEngineIn(pid, place)).map(Number);
}

function isEngineIn(pid: string, place: string): boolean {
  try {
    return (
      readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "tofu" && readlinkSync(`/proc/${pid}/cwd`).endsWith(place)
    );
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
