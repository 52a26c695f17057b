import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { alone } from "../src";

const home = mkdtempSync(path.join(tmpdir(), "paved-alone-"));
const file = path.join(home, "work.lock");
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("the lock of a process that is gone is taken over, and nothing is left of it", async () => {
  writeFileSync(file, String(spawnSync(process.execPath, ["-e", ""]).pid));
  const waited: string[] = [];
  expect(
    await alone(
      file,
      (holder) => waited.push(holder),
      async () => "done",
    ),
  ).toBe("done");
  expect([waited, existsSync(file), existsSync(`${file}.${process.pid}`)]).toEqual([[], false, false]);
});

test("the lock of a process that works is waited for", async () => {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 300)"]);
  writeFileSync(file, String(child.pid));
  const waited: string[] = [];
  await alone(
    file,
    (holder) => waited.push(holder),
    async () => {},
  );
  expect(waited).toEqual([`process ${child.pid}`]);
});
