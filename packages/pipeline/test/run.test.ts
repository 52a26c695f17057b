import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { rehearse } from "../src/run/rehearse";
import { Interruption } from "../src/tofu/interruption";
import { readFleet } from "../src/workspace/fleet";
import type { Workspace } from "../src/workspace/workspace";
import { realEngine, remove, runFleet, type StackSpec, statuses, workspaceWith, writeFleet } from "./fleet-on-disk";

const data = (input: unknown): object => ({ terraform_data: { thing: { input } } });

const NETWORK: StackSpec = { name: "dev-network", resources: data("vpc") };
const CLUSTER: StackSpec = { name: "dev-cluster", dependsOn: ["dev-network"], resources: data("eks") };
const ORDERS: StackSpec = { name: "dev-orders", service: "orders", dependsOn: ["dev-cluster"], resources: data("db") };
const BROKEN: StackSpec = {
  ...CLUSTER,
  resources: data("${terraform_data.nothing.id}"),
  elements: { "terraform_data.thing": { path: "eks/cluster", source: "stacks/src/cluster.ts:12" } },
};

let workspace: Workspace;

afterEach(() => remove(workspace));

test("a rehearsal applies every stack after what it depends on and proves that a second plan is empty", async () => {
  workspace = workspaceWith([NETWORK, CLUSTER, ORDERS]);
  const result = await runFleet(workspace);
  expect(
    result.stacks.map(({ status, plan, secondPlan, resources }) => ({ status, plan, secondPlan, resources })),
  ).toEqual(
    Array.from({ length: 3 }, () => ({
      status: "applied",
      plan: { add: 1, change: 0, destroy: 0 },
      secondPlan: { add: 0, change: 0, destroy: 0 },
      resources: 1,
    })),
  );
});

test("a second rehearsal changes nothing", async () => {
  workspace = workspaceWith([NETWORK, CLUSTER]);
  await runFleet(workspace);
  const again = await runFleet(workspace);
  expect(statuses(again)).toEqual({ "dev-network": "unchanged", "dev-cluster": "unchanged" });
  expect(again.stacks.map(({ secondPlan }) => secondPlan)).toEqual(
    Array.from({ length: 2 }, () => ({ add: 0, change: 0, destroy: 0 })),
  );
});

test("the synthesized JSON stays as it was, and the state is local", async () => {
  workspace = workspaceWith([NETWORK]);
  const file = path.join(workspace.output, "stacks/dev-network/cdk.tf.json");
  const before = readFileSync(file, "utf8");
  await runFleet(workspace);
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(readFileSync(path.join(workspace.working("sandbox", "dev-network"), "cdk.tf.json"), "utf8")).toBe(before);
  expect(existsSync(workspace.state("dev-network"))).toBe(true);
});

test("fails with PVD2003 naming address, construct and line, skips what depends on it and goes on with the rest", async () => {
  workspace = workspaceWith([NETWORK, BROKEN, ORDERS, { name: "staging-network", resources: data("vpc") }]);
  const result = await runFleet(workspace);
  expect(statuses(result)).toEqual({
    "dev-network": "applied",
    "dev-cluster": "failed",
    "dev-orders": "skipped",
    "staging-network": "applied",
  });
  expect(result.stacks[1]!.findings).toEqual([
    {
      code: "PVD2003",
      where: "dev-cluster terraform_data.thing [eks/cluster]",
      source: "stacks/src/cluster.ts:12",
      got: expect.stringContaining("Reference to undeclared resource"),
      want: "a stack that tofu validate accepts",
      fix: "correct stacks/src/cluster.ts:12, then run the command again",
    },
  ]);
  expect(result.stacks[2]!.waitsFor).toEqual(["dev-cluster"]);
});

test("fails with PVD2003 once for every error of a stack", async () => {
  const two = { terraform_data: { a: { inputt: 1 }, b: { inputt: 2 } } };
  workspace = workspaceWith([{ name: "dev-network", resources: two }]);
  const result = await runFleet(workspace);
  expect(result.stacks[0]!.findings.map(({ where }) => where).toSorted()).toEqual([
    "dev-network terraform_data.a",
    "dev-network terraform_data.b",
  ]);
});

test("fails with PVD2004 when a second plan still changes something", async () => {
  workspace = workspaceWith([{ name: "dev-network", resources: data("${timestamp()}") }]);
  const [stack] = (await runFleet(workspace)).stacks;
  expect(stack).toMatchObject({ status: "failed", secondPlan: { add: 0, change: 1, destroy: 0 } });
  expect(stack!.findings).toMatchObject([{ code: "PVD2004", got: "terraform_data.thing (update)" }]);
});

test("a plan of a stack whose upstream was never applied waits with PVD2007, and is planned once it was", async () => {
  workspace = workspaceWith([NETWORK, CLUSTER]);
  const early = await runFleet(workspace, { command: "plan" });
  expect(statuses(early)).toEqual({ "dev-network": "planned", "dev-cluster": "waits" });
  expect(early.stacks[1]!.findings).toMatchObject([{ code: "PVD2007", got: "dev-network not applied yet" }]);
  const fleet = readFleet(workspace);
  await runFleet(workspace, { command: "apply", stacks: [fleet.stacks[0]!] });
  expect(statuses(await runFleet(workspace, { command: "plan" }))).toEqual({
    "dev-network": "unchanged",
    "dev-cluster": "planned",
  });
});

test("a plan changes nothing", async () => {
  workspace = workspaceWith([NETWORK]);
  await runFleet(workspace, { command: "plan" });
  expect(existsSync(workspace.state("dev-network"))).toBe(false);
});

test("a change of an output alone is applied", async () => {
  workspace = workspaceWith([NETWORK]);
  await runFleet(workspace);
  writeFleet(workspace, [{ ...NETWORK, root: { output: { vpc: { value: "v" } } } }]);
  expect(statuses(await runFleet(workspace))).toEqual({ "dev-network": "applied" });
});

test("only stacks that the index names are run", async () => {
  workspace = workspaceWith([NETWORK, CLUSTER]);
  writeFleet(workspace, [NETWORK]);
  expect(statuses(await runFleet(workspace))).toEqual({ "dev-network": "applied" });
});

test("a destroy goes in reverse order and leaves empty states", async () => {
  workspace = workspaceWith([NETWORK, CLUSTER]);
  await runFleet(workspace);
  const order: string[] = [];
  const listener = {
    stage: () => {},
    progress: () => {},
    finished: (stack: { name: string }) => order.push(stack.name),
  };
  const result = await runFleet(workspace, { command: "destroy", listener });
  expect(statuses(result)).toEqual({ "dev-network": "destroyed", "dev-cluster": "destroyed" });
  expect(result.stacks.map(({ resources }) => resources)).toEqual([0, 0]);
  expect(order).toEqual(["dev-cluster", "dev-network"]);
});

test("fails with PVD2007 when what still stands on a stack is not destroyed with it", async () => {
  workspace = workspaceWith([NETWORK, CLUSTER]);
  await runFleet(workspace);
  const [network] = readFleet(workspace).stacks;
  const result = await runFleet(workspace, { command: "destroy", stacks: [network!] });
  expect(result.stacks[0]!.findings).toMatchObject([{ code: "PVD2007", fix: "destroy dev-cluster too" }]);
});

test("before any stack is touched, and under the lock, it is told what is known to be refused", async () => {
  workspace = workspaceWith([NETWORK, CLUSTER, ORDERS]);
  await runFleet(workspace);
  const { stacks } = readFleet(workspace);
  const asked: (readonly string[])[] = [];
  const before = async (refused: readonly { readonly name: string }[]): Promise<void> => {
    asked.push(refused.map(({ name }) => name));
    await expect(runFleet(workspace, { command: "apply" })).rejects.toThrow("PVD2005");
  };
  await runFleet(workspace, { command: "destroy", stacks: stacks.slice(0, 2), before });
  await runFleet(workspace, { command: "rehearse", before });
  await runFleet(workspace, { command: "destroy", before });
  expect(asked).toEqual([["dev-cluster"], [], []]);
});

test("what is thrown before any stack is touched ends the run, and lets the lock go", async () => {
  workspace = workspaceWith([NETWORK]);
  await runFleet(workspace);
  const before = async (): Promise<void> => {
    throw new Error("not yet");
  };
  await expect(runFleet(workspace, { command: "destroy", before })).rejects.toThrow("not yet");
  expect(statuses(await runFleet(workspace))).toEqual({ "dev-network": "unchanged" });
});

test("fails with what OpenTofu says when a protected resource would be destroyed", async () => {
  const kept = { terraform_data: { database: { input: "d", lifecycle: { prevent_destroy: true } } } };
  workspace = workspaceWith([{ name: "dev-network", resources: kept }]);
  await runFleet(workspace);
  const [stack] = (await runFleet(workspace, { command: "destroy" })).stacks;
  expect(stack!.findings).toMatchObject([
    { code: "PVD2003", got: expect.stringContaining("instance cannot be destroyed") },
  ]);
});

test("fails with PVD2005 naming the holder when another run holds the lock, while a plan still runs", async () => {
  workspace = workspaceWith([NETWORK]);
  await runFleet(workspace, { command: "apply" });
  const holder = {
    pid: process.pid,
    host: (await import("node:os")).hostname(),
    user: "ada",
    command: "apply",
    since: "now",
  };
  writeFileSync(workspace.lock("sandbox"), JSON.stringify(holder));
  await expect(runFleet(workspace)).rejects.toThrow(`ada@${holder.host}, process ${process.pid}, running "apply"`);
  expect(statuses(await runFleet(workspace, { command: "plan" }))).toEqual({ "dev-network": "unchanged" });
});

test("a rehearsal writes its report, with the failures in it", async () => {
  workspace = workspaceWith([NETWORK, BROKEN]);
  const fleet = readFleet(workspace);
  const interruption = new Interruption();
  const engine = await realEngine();
  await rehearse({ workspace, fleet, stacks: fleet.stacks, today: "2026-11-28", engine, interruption });
  interruption.close();
  const report = JSON.parse(readFileSync(workspace.runReport, "utf8")) as { stacks: object[]; failures: object[] };
  expect(report.stacks).toMatchObject([{ name: "dev-network", secondPlan: { add: 0, change: 0, destroy: 0 } }]);
  expect(report.failures).toMatchObject([{ name: "dev-cluster", status: "failed", findings: [{ code: "PVD2003" }] }]);
});
