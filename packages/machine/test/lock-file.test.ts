import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { startOf } from "../src/process-identity";
import { isHeld, lockHolder, takeLock } from "../src/lock-file";

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "paved-lock-"));
  file = path.join(directory, "lock.json");
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function holder(pid: number, more: object = {}): string {
  return JSON.stringify({
    pid,
    host: hostname(),
    user: "ada",
    command: "apply",
    since: "2026-01-01T00:00:00Z",
    ...more,
  });
}

async function deadPid(): Promise<number> {
  const child = spawn("true");
  await new Promise((resolve) => child.once("close", resolve));
  return child.pid!;
}

test("a lock that is held is refused, saying who holds it", () => {
  const first = takeLock(file, "rehearse");
  const second = takeLock(file, "apply");
  expect(isHeld(first)).toBe(true);
  expect(second).toMatchObject({ pid: process.pid, host: hostname(), command: "rehearse" });
});

test("a released lock leaves nothing and can be taken again", () => {
  const first = takeLock(file, "apply");
  if (isHeld(first)) first.release();
  expect(readdirSync(directory)).toEqual([]);
  expect(isHeld(takeLock(file, "apply"))).toBe(true);
});

test("the lock of a process that is gone is taken over", async () => {
  writeFileSync(file, holder(await deadPid()));
  expect(lockHolder(file)).toBeUndefined();
  expect(isHeld(takeLock(file, "apply"))).toBe(true);
  expect(lockHolder(file)).toMatchObject({ pid: process.pid });
});

test("the lock of a process whose id another process has now is taken over", () => {
  writeFileSync(file, holder(process.pid, { start: "1" }));
  expect(startOf(process.pid)).not.toBe("1");
  expect(isHeld(takeLock(file, "apply"))).toBe(true);
});

test("the lock of another machine is never taken over", async () => {
  writeFileSync(file, holder(await deadPid(), { host: "another-machine" }));
  expect(takeLock(file, "apply")).toMatchObject({ user: "ada", host: "another-machine" });
});

test("releasing does not remove a lock that somebody else has taken over", () => {
  const mine = takeLock(file, "apply");
  writeFileSync(file, holder(process.pid));
  if (isHeld(mine)) mine.release();
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, "utf8")).toContain("ada");
});
