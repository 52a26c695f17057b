import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isRunning } from "../running";

const PAUSE_MS = 2;
const PATIENCE_MS = 10_000;

/** Runs `work` while no other process holds the lock file; a lock whose process is gone is taken over. */
export function withLock<T>(file: string, work: () => T): T {
  acquire(file);
  try {
    return work();
  } finally {
    rmSync(file, { force: true });
  }
}

function acquire(file: string): void {
  for (let waited = 0; !claim(file); waited += PAUSE_MS) {
    const holder = readHolder(file);
    if (holder !== undefined && !isRunning(holder)) takeOver(file, holder);
    else if (waited > PATIENCE_MS) throw new Error(`process ${holder ?? "unknown"} keeps ${file} locked`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

/** A link either makes the whole lock, with its holder inside, or nothing. */
function claim(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid), { mode: 0o600 });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Only one of those who wait may remove the dead one's lock, otherwise the second would remove the first one's new lock. */
function takeOver(file: string, dead: number): void {
  const guard = `${file}.takeover`;
  if (!claim(guard)) {
    const holder = readHolder(guard);
    if (holder !== undefined && !isRunning(holder)) rmSync(guard, { force: true });
    return;
  }
  if (readHolder(file) === dead) rmSync(file, { force: true });
  rmSync(guard, { force: true });
}

function readHolder(file: string): number | undefined {
  try {
    const holder = Number(readFileSync(file, "utf8"));
    return holder > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
}
