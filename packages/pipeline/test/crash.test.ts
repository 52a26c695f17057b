import { rmSync } from "node:fs";
import { openSandbox } from "../src/sandbox/provider-sandbox";
import { resetSandbox } from "../src/sandbox/reset";
import { readStateFile } from "../src/tofu/state-file";
import type { Workspace } from "../src/workspace/workspace";
import { remove, runFleet, type StackSpec, statuses, workspaceWith } from "./fleet-on-disk";
import { atTheGate, gated, openGate } from "./gate";

let workspace: Workspace;

afterEach(() => {
  open();
  remove(workspace);
});

const open = (): void => openGate(workspace);

test("an OpenTofu that is killed in the middle of an apply leaves a readable state, and the next run finishes it", async () => {
  workspace = workspaceWith([gated()]);
  const running = runFleet(workspace);
  process.kill(await atTheGate(workspace), "SIGKILL");
  const killed = await running;
  expect(killed.stacks[0]).toMatchObject({
    status: "failed",
    findings: [{ code: "PVD2003", got: expect.stringContaining("tofu apply ended with SIGKILL") }],
  });
  expect(() => readStateFile(workspace.state("dev-network"))).not.toThrow();
  open();
  const next = await runFleet(workspace);
  expect(next.stacks[0]).toMatchObject({
    status: "applied",
    resources: 3,
    secondPlan: { add: 0, change: 0, destroy: 0 },
  });
});

test("Ctrl-C stops OpenTofu once, waits for its state and ends with PVD2006; the next run continues", async () => {
  workspace = workspaceWith([gated(), { name: "dev-cluster", dependsOn: ["dev-network"] }]);
  const running = runFleet(workspace);
  await atTheGate(workspace);
  process.emit("SIGINT");
  const stopped = await running;
  expect(statuses(stopped)).toEqual({ "dev-network": "interrupted", "dev-cluster": "skipped" });
  expect(stopped.stacks[0]!.findings).toMatchObject([{ code: "PVD2006", got: "a request to stop during apply" }]);
  expect(readStateFile(workspace.state("dev-network")).managed.map(({ address }) => address)).toEqual([
    "terraform_data.first",
    "terraform_data.slow",
  ]);
  open();
  expect((await runFleet(workspace)).stacks[0]).toMatchObject({ status: "applied", resources: 3 });
});

describe("with the sandbox's providers", () => {
  const LOGS: StackSpec = {
    name: "dev-network",
    resources: { aws_cloudwatch_log_group: { logs: { name: "/paved/dev", retention_in_days: 30 } } },
    root: {
      provider: { aws: [{ region: "eu-west-1" }] },
      terraform: {
        backend: { s3: { bucket: "state", key: "k", region: "eu-west-1" } },
        required_providers: { aws: { source: "registry.opentofu.org/hashicorp/aws", version: "6.25.0" } },
      },
    },
  };

  test("what a killed run made and never noted in the state is removed, then made again", async () => {
    workspace = workspaceWith([LOGS]);
    const providers = await openSandbox(workspace);
    try {
      await runFleet(workspace, { providers });
      rmSync(workspace.state("dev-network"));
      expect(providers.objects("dev-network")).toHaveLength(1);
      expect((await runFleet(workspace, { providers })).stacks[0]).toMatchObject({ status: "applied", resources: 1 });
      expect(providers.objects("dev-network")).toHaveLength(1);
    } finally {
      await providers.close();
    }
  });

  test("a reset sandbox is empty, and the next run fills it again without a new init going wrong", async () => {
    workspace = workspaceWith([LOGS]);
    const providers = await openSandbox(workspace);
    try {
      await runFleet(workspace, { providers });
      expect(await resetSandbox(workspace)).toEqual({ states: 1, server: false });
      expect((await openSandbox(workspace)).objects()).toEqual([]);
      expect(statuses(await runFleet(workspace, { providers }))).toEqual({ "dev-network": "applied" });
    } finally {
      await providers.close();
    }
  });

  test("seeded drift is found by the next plan and repaired by the next run", async () => {
    workspace = workspaceWith([LOGS]);
    const providers = await openSandbox(workspace);
    try {
      await runFleet(workspace, { providers });
      const [group] = readStateFile(workspace.state("dev-network")).managed;
      await providers.drift({ ...group!, stack: "dev-network" }, "retention_in_days", "1");
      const plan = await runFleet(workspace, { command: "plan", providers });
      expect(plan.stacks[0]!.changes).toEqual([{ address: "aws_cloudwatch_log_group.logs", action: "update" }]);
      expect((await runFleet(workspace, { providers })).stacks[0]).toMatchObject({
        plan: { add: 0, change: 1, destroy: 0 },
      });
      expect(statuses(await runFleet(workspace, { providers }))).toEqual({ "dev-network": "unchanged" });
    } finally {
      await providers.close();
    }
  });
});
