import { type ChildProcess, execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { ThrowawayWorkspace } from "./throwaway-workspace";

jest.setTimeout(180_000);

let workspace: ThrowawayWorkspace;
const started: ChildProcess[] = [];
beforeEach(() => {
  workspace = new ThrowawayWorkspace();
});
afterEach(async () => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  await wait(200);
  workspace.remove();
});

function start(...words: string[]): { child: ChildProcess; ended: Promise<{ code: number | null; text: string }> } {
  const child = workspace.start(...words);
  started.push(child);
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<{ code: number | null; text: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, text: Buffer.concat(chunks).toString() }));
  });
  return { child, ended };
}

interface StoredObject {
  readonly stack: string;
  readonly type: string;
}

const objects = (): readonly StoredObject[] =>
  (JSON.parse(workspace.paved("sandbox", "objects", "--json").out) as { objects: readonly StoredObject[] }).objects;

/** Waits until the store's journal holds some objects of a stack, so that an apply is under way. */
async function applying(stack: string): Promise<void> {
  const journal = workspace.file(".paved", "sandbox", "store", "journal.jsonl");
  for (let tries = 0; tries < 600; tries += 1) {
    await wait(50);
    if (!fs.existsSync(journal)) continue;
    const lines = fs.readFileSync(journal, "utf8").split("\n");
    if (lines.filter((line) => line.includes(stack)).length > 8) return;
  }
  throw new Error(`nothing of ${stack} was applied in 30 s`);
}

/** Process ids of the engines that run below a command. */
function engines(child: ChildProcess): readonly number[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid=,comm="], { encoding: "utf8" });
  return table
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, name]) => Number(parent) === child.pid && name === "tofu")
    .map(([pid]) => Number(pid));
}

/** What an undisturbed run leads to: everything applied, nothing to change, every object known to a state. */
function expectConvergence(): void {
  const after = workspace.paved("rehearse", "--env", "dev", "--service", "orders");
  expect({ code: after.code, problems: (after.out + after.err).match(/^PVD.*/gm) ?? [] }).toEqual({
    code: 0,
    problems: [],
  });
  const { stacks } = workspace.report();
  expect(stacks.every(({ secondPlan }) => secondPlan.add + secondPlan.change + secondPlan.destroy === 0)).toBe(true);
  const known = stacks.reduce((sum, { resources }) => sum + resources, 0);
  expect(objects()).toHaveLength(known);
}

test("an engine that is killed in the middle of an apply: the next run goes on, and leaves no orphan", async () => {
  const { child, ended } = start("rehearse", "--env", "dev", "--service", "orders");
  await applying("dev-network");
  const running = engines(child);
  expect(running).not.toEqual([]);
  for (const pid of running) process.kill(pid, "SIGKILL");
  expect((await ended).code).toBe(1);
  expectConvergence();
});

test("a command that is killed in the middle of an apply: the next run goes on, and leaves no orphan", async () => {
  const { child, ended } = start("rehearse", "--env", "dev", "--service", "orders");
  await applying("dev-network");
  child.kill("SIGKILL");
  expect((await ended).code).toBeNull();
  expectConvergence();
});

test("Ctrl-C lets the engine save its state, says PVD2006, and the next run goes on", async () => {
  const { child, ended } = start("rehearse", "--env", "dev", "--service", "orders");
  await applying("dev-network");
  child.kill("SIGINT");
  const { code, text } = await ended;
  expect(code).toBe(130);
  expect(text).toContain("PVD2006");
  expectConvergence();
});

test("fails with PVD2005 on a second apply while one runs, saying who holds the lock", async () => {
  const { child, ended } = start("rehearse", "--env", "dev", "--service", "orders");
  await applying("dev-network");
  const second = workspace.paved("apply", "--env", "dev", "--service", "orders", "--no-synth");
  expect(second.code).toBe(1);
  expect(second.out + second.err).toMatch(new RegExp(`PVD2005.*${child.pid}`));
  expect((await ended).code).toBe(0);
});
