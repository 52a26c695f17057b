import { type ChildProcess, execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { DAY } from "./day";
import { ThrowawayWorkspace } from "./throwaway-workspace";

jest.setTimeout(180_000);

const workspace = new ThrowawayWorkspace();
afterAll(() => workspace.remove());

interface End {
  readonly code: number | null;
  readonly err: string;
}

function ended(child: ChildProcess): Promise<End> {
  let err = "";
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  child.stdout?.resume();
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, err })));
}

/** Process ids of the synths that run below a command. */
function synths(child: ChildProcess): readonly number[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" });
  return table
    .split("\n")
    .filter((line) => line.includes("dist/main.js"))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent]) => Number(parent) === child.pid)
    .map(([pid]) => Number(pid));
}

function runs(pid: number): boolean {
  const [state = ""] = execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).trim();
  return state !== "Z";
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !holds(); tries += 1) await wait(100);
  expect(holds()).toBe(true);
}

const outputs = () => fs.readdirSync(workspace.directory).filter((name) => name.startsWith("cdktf.out"));

test("commands that synthesize at the same time all succeed, and one that reads meanwhile never sees a half", async () => {
  expect(workspace.paved("synth").code).toBe(0);
  const words = [
    ["synth"],
    ["list"],
    ["graph", "--format", "dot"],
    ["adoption"],
    ["list", "--no-synth"],
    ["check", "--no-synth", "--today", DAY],
  ];
  const ends = await Promise.all(words.map((each) => ended(workspace.start(...each))));
  expect(ends).toEqual(words.map(() => ({ code: 0, err: "" })));
  expect(outputs()).toEqual(["cdktf.out"]);
});

test.each(["SIGTERM", "SIGKILL"] as const)("a synth that never ends, ends with its command: %s", async (signal) => {
  const service = workspace.file("stacks", "services", "endless.ts");
  fs.writeFileSync(service, "for (;;);\n");
  const child = workspace.start("list");
  const end = ended(child);
  await until(() => synths(child).length === 1);
  const [pid = 0] = synths(child);
  // It takes a moment until it has started to watch.
  await wait(2_000);
  child.kill(signal);
  await until(() => !runs(pid));
  fs.rmSync(service);
  await end;
  expect(workspace.paved("synth").code).toBe(0);
  expect(outputs()).toEqual(["cdktf.out"]);
});
