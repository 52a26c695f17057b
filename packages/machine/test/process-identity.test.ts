import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { isRunning, startOf } from "../src";

test("this process runs, by its id and by its start", () => {
  expect([isRunning(process.pid), isRunning(process.pid, startOf(process.pid))]).toEqual([true, true]);
});

test.each([0, -1])("%d is the id of no process", (pid) => expect(isRunning(pid)).toBe(false));

test("a process that has ended does not run, nor does another that was given its id", () => {
  expect(isRunning(spawnSync(process.execPath, ["-e", ""]).pid)).toBe(false);
  expect(isRunning(process.pid, "1")).toBe(process.platform !== "linux");
});

test("a process that ended and whose parent never asks how does not run", async () => {
  const parent = spawn("/bin/sh", ["-c", "sleep 0 & echo $!; exec sleep 30"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [said] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
    const child = Number(said);
    for (let tries = 0; isRunning(child) && tries < 100; tries += 1) await new Promise((go) => setTimeout(go, 20));
    expect(isRunning(child)).toBe(false);
  } finally {
    parent.kill("SIGKILL");
  }
});
