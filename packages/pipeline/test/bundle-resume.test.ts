import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readStateFile } from "../src/tofu/state-file";
import { BundledFleet, data } from "./bundled-fleet";
import { runFleet, type StackSpec, statuses } from "./fleet-on-disk";

/** Each plan is encrypted, and each of its readers derives the key anew. */
jest.setTimeout(120_000);

let fleet: BundledFleet;

afterEach(() => {
  open();
  fleet.remove();
});

/** A resource that is made at once, one whose creation lasts until the gate is open, and one that comes after it. */
function gated(command: string): StackSpec {
  return {
    name: "dev-network",
    resources: {
      terraform_data: {
        first: { input: 1 },
        slow: { input: "${terraform_data.first.id}", provisioner: [{ "local-exec": { command } }] },
        last: { input: "${terraform_data.slow.id}" },
      },
    },
  };
}

const WAIT = "touch ../../../../arrived; while [ ! -e ../../../../gate ]; do sleep 0.05; done";
const CLUSTER: StackSpec = { name: "dev-cluster", dependsOn: ["dev-network"], resources: data("eks") };
const ACCOUNT: StackSpec = { name: "dev-account", resources: data("account") };

const open = (): void => writeFileSync(path.join(fleet.workspace.root, "gate"), "");
const addresses = (): string[] =>
  readStateFile(fleet.workspace.state("dev-network")).managed.map(({ address }) => address);

/** Resolves when the apply stands at the gate, with OpenTofu's process id. */
async function atTheGate(): Promise<number> {
  while (!existsSync(path.join(fleet.workspace.root, "arrived")))
    await new Promise((resolve) => setTimeout(resolve, 50));
  const pidFile = path.join(fleet.workspace.working("sandbox", "dev-network"), "tofu.pid");
  return (JSON.parse(readFileSync(pidFile, "utf8")) as { pid: number }).pid;
}

/** As it stands in the journal of an apply that was killed before it could say how it ended. */
function noteAsBegun(evidence: string): void {
  writeFileSync(fleet.directory.journal, JSON.stringify({ evidence, stacks: { "dev-account": { status: "begun" } } }));
}

async function expectNothingLeft(): Promise<void> {
  const plan = await runFleet(fleet.workspace, { command: "plan" });
  expect(new Set(Object.values(statuses(plan)))).toEqual(new Set(["unchanged"]));
}

test("after an engine was killed in the middle, the same command applies the rest, and nothing twice", async () => {
  fleet = new BundledFleet([ACCOUNT, gated(WAIT), CLUSTER]);
  await fleet.plan();
  const running = fleet.apply({ concurrency: 1 });
  process.kill(await atTheGate(), "SIGKILL");
  expect(statuses(await running)).toEqual({
    "dev-account": "applied",
    "dev-network": "failed",
    "dev-cluster": "skipped",
  });
  open();
  const resumed = await fleet.apply();
  expect(statuses(resumed)).toEqual({ "dev-account": "unchanged", "dev-network": "applied", "dev-cluster": "applied" });
  await expectNothingLeft();
});

test("after Ctrl-C the same command goes on from the state that was saved", async () => {
  fleet = new BundledFleet([gated(WAIT), CLUSTER]);
  await fleet.plan();
  const running = fleet.apply();
  await atTheGate();
  process.emit("SIGINT");
  expect(statuses(await running)).toEqual({ "dev-network": "interrupted", "dev-cluster": "skipped" });
  expect(addresses()).toEqual(["terraform_data.first", "terraform_data.slow"]);
  open();
  const resumed = await fleet.apply();
  expect(resumed.stacks[0]).toMatchObject({ status: "applied", resources: 3 });
  await expectNothingLeft();
});

test("fails with PVD5011 when somebody else wrote to the state after the failure", async () => {
  fleet = new BundledFleet([gated(WAIT)]);
  await fleet.plan();
  const running = fleet.apply();
  await atTheGate();
  process.emit("SIGINT");
  await running;
  const file = fleet.workspace.state("dev-network");
  const state = JSON.parse(readFileSync(file, "utf8")) as { serial: number };
  writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1 }));
  expect(await fleet.refusals()).toMatchObject([{ code: "PVD5011", where: "dev-network" }]);
});

test("fails with PVD5015 when what is left is not what was reviewed", async () => {
  fleet = new BundledFleet([ACCOUNT]);
  const { bundle } = await fleet.plan();
  await fleet.apply();
  noteAsBegun(bundle!.hash);
  const file = fleet.workspace.state("dev-account");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll('"account"', '"changed"'));
  const [stack] = (await fleet.apply()).stacks;
  expect(stack!.findings).toMatchObject([{ code: "PVD5015", got: "terraform_data.thing (update)" }]);
});

test("a state that moves at the last moment makes the plan stale: it is not applied, nor is anything else", async () => {
  fleet = new BundledFleet([ACCOUNT]);
  await runFleet(fleet.workspace, { command: "apply" });
  fleet.write([{ ...ACCOUNT, resources: data("changed") }]);
  await fleet.plan();
  const file = fleet.workspace.state("dev-account");
  const state = JSON.parse(readFileSync(file, "utf8")) as { serial: number };
  const moved = JSON.stringify({ ...state, serial: state.serial + 1 });
  const stage = (_stack: object, name: string): void => {
    if (name === "recover") writeFileSync(file, moved);
  };
  const result = await fleet.apply({ listener: { stage, progress: () => {}, finished: () => {} } });
  expect(result.stacks[0]!.findings).toMatchObject([
    { code: "PVD2003", got: expect.stringContaining("Saved plan is stale") },
  ]);
  expect(readFileSync(file, "utf8")).toBe(moved);
});

test("an apply that was killed after its engine had ended finds out that all is applied", async () => {
  fleet = new BundledFleet([ACCOUNT]);
  const { bundle } = await fleet.plan();
  await fleet.apply();
  noteAsBegun(bundle!.hash);
  const result = await fleet.apply();
  expect(result.stacks[0]).toMatchObject({ status: "applied", plan: { add: 0, change: 0, destroy: 0 } });
});
