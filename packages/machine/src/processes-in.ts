import { readdirSync, readlinkSync, realpathSync } from "node:fs";

/**
 * Processes that work in exactly that directory, also when it was deleted meanwhile; none where the system does not say.
 * @param directory absolute path
 * @returns their process ids
 */
export function processesIn(directory: string): readonly number[] {
  const places = new Set([directory, `${directory} (deleted)`]);
  try {
    places.add(realpathSync(directory));
  } catch {
    // It is not there any more.
  }
  return processIds().filter((pid) => places.has(directoryOf(pid) ?? ""));
}

function processIds(): readonly number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function directoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // It has ended since, or is of a user whose processes cannot be looked at.
    return undefined;
  }
}
