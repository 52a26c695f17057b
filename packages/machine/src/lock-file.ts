import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import path from "node:path";
import { isRunning, startOf } from "./process-identity";

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** Start of the process, so that a reused process id is not taken for the holder. @default - unknown */
  readonly start?: string;
  readonly host: string;
  readonly user: string;
  readonly command: string;
  /** When it was taken, ISO 8601. */
  readonly since: string;
}

/** A lock that is held until it is released. */
export interface HeldLock {
  release(): void;
}

/** Takes the lock at `file`, or says who holds it. A holder that no longer runs on this host is replaced. */
export function takeLock(file: string, command: string): HeldLock | LockHolder {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = JSON.stringify(self(command));
  for (;;) {
    if (create(file, mine)) return { release: () => release(file, mine) };
    const text = read(file);
    if (text === undefined) continue;
    const holder = parse(text);
    if (holder !== undefined && !isDead(holder)) return holder;
    removeExactly(file, text);
  }
}

/** Who holds the lock at `file` now. */
export function lockHolder(file: string): LockHolder | undefined {
  const holder = parse(read(file) ?? "");
  return holder === undefined || isDead(holder) ? undefined : holder;
}

/** Whether {@link takeLock} returned the lock. */
export function isHeld(lock: HeldLock | LockHolder): lock is HeldLock {
  return "release" in lock;
}

function self(command: string): LockHolder {
  const { pid } = process;
  const since = new Date().toISOString();
  return { pid, start: startOf(pid), host: hostname(), user: userName(), command, since };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}

/** Creates the lock with its content in one step, so that nobody ever reads an empty one. */
function create(file: string, content: string): boolean {
  const temporary = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(temporary, content, { flag: "wx" });
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function release(file: string, mine: string): void {
  if (read(file) === mine) rmSync(file, { force: true });
}

/** Removes a dead lock; when another process replaced it in between, that one's lock is put back. */
function removeExactly(file: string, text: string): void {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  try {
    if (read(aside) !== text) linkSync(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

function isDead(holder: LockHolder): boolean {
  return holder.host === hostname() && !isRunning(holder.pid, holder.start);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parse(text: string): LockHolder | undefined {
  try {
    const value = JSON.parse(text) as LockHolder;
    return typeof value.pid === "number" && typeof value.host === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
