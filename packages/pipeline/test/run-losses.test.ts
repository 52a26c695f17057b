import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StackEntry } from "@paved/model";
import type { Sandbox } from "@paved/sandbox";
import type { RunResult } from "../src/run/result";
import type { RunOptions } from "../src/run/run";
import { openSandbox } from "../src/sandbox/provider-sandbox";
import { StackEngine } from "../src/tofu/stack-engine";
import { readStateFile } from "../src/tofu/state-file";
import type { Mode, Workspace } from "../src/workspace/workspace";
import { realEngine, remove, runFleet, type StackSpec, workspaceWith, writeFleet } from "./fleet-on-disk";

jest.setTimeout(120_000);

const LOGS = "aws_cloudwatch_log_group.logs";
const until = "2026-11-29";
const reason = "they were shipped elsewhere";
const replaceable = (end = until): Partial<StackEntry["records"]> => ({
  replaceable: [{ address: LOGS, until: end, reason }],
});
const retired: Partial<StackEntry["records"]> = { retired: [{ path: "", until, reason }] };

/** A stack that keeps logs under a name, or none any more, with its state in a file wherever it is applied. */
function logs(file: string, name?: string, records: Partial<StackEntry["records"]> = {}): StackSpec {
  const kept = { aws_cloudwatch_log_group: { logs: { name, retention_in_days: 30 } } };
  return {
    name: "dev-network",
    resources: name === undefined ? { terraform_data: { other: { input: 1 } } } : kept,
    root: {
      provider: { aws: [{ region: "eu-west-1" }] },
      terraform: {
        backend: { local: { path: file } },
        required_providers: { aws: { source: "registry.opentofu.org/hashicorp/aws", version: "6.25.0" } },
      },
    },
    records,
    elements: { [LOGS]: { path: "logs", source: "stacks/services/orders.ts:9" } },
  };
}

/** One stack that has logs, and an engine that reaches the sandbox's providers also where it is told to work for real. */
class Bench {
  private constructor(
    private readonly mode: Mode,
    private readonly workspace: Workspace,
    private readonly providers: Sandbox,
    private readonly served: Partial<RunOptions>,
  ) {}

  static async begin(mode: Mode): Promise<Bench> {
    const workspace = workspaceWith([{ name: "dev-network" }]);
    const providers = await openSandbox(workspace);
    const bench = new Bench(
      mode,
      workspace,
      providers,
      mode === "live" ? await live(workspace, providers) : { providers },
    );
    bench.want("/paved/dev");
    const [stack] = (await bench.run("apply")).stacks;
    if (stack!.status !== "applied") throw new Error(JSON.stringify(stack!.findings));
    return bench;
  }

  want(name?: string, records?: Partial<StackEntry["records"]>): void {
    writeFleet(this.workspace, [logs(this.state, name, records)]);
  }

  run(command: RunOptions["command"], options: Partial<RunOptions> = {}): Promise<RunResult> {
    return runFleet(this.workspace, { mode: this.mode, command, ...this.served, ...options });
  }

  /** What the state has, by address, with the names that logs go under. */
  get stands(): readonly string[] {
    return readStateFile(this.state).managed.map(
      ({ address, attributes }) => `${address} ${String(attributes["name"] ?? "")}`,
    );
  }

  async end(): Promise<void> {
    await this.providers.close();
    remove(this.workspace);
  }

  /** Where the sandbox has it, too. */
  private get state(): string {
    return this.workspace.state("dev-network");
  }
}

/** In the cloud an engine is told of no provider of the sandbox: this one is told behind Paved's back. */
async function live(workspace: Workspace, providers: Sandbox): Promise<Partial<RunOptions>> {
  const engine = await realEngine();
  const types = { resources: ["aws_cloudwatch_log_group", "terraform_data"], dataSources: [] };
  const { reattach } = await providers.session({ stack: "dev-network", ...types });
  const binary = path.join(workspace.root, "tofu");
  writeFileSync(binary, `#!/bin/sh\nTF_REATTACH_PROVIDERS='${reattach}' exec '${engine.binary}' "$@"\n`);
  chmodSync(binary, 0o700);
  return { engine: { ...engine, binary } };
}

let bench: Bench;
afterEach(() => bench.end());

const MODES: readonly Mode[] = ["sandbox", "live"];

describe.each(MODES)("an apply, %s,", (mode) => {
  beforeEach(async () => {
    bench = await Bench.begin(mode);
  });

  test.each([
    ["made anew without a record", "/paved/other", {}, "replace", `allowReplace(service, { address: "${LOGS}"`],
    ["simply deleted", undefined, {}, "destroy", "retire(service"],
    ["deleted where it may be made anew", undefined, replaceable(), "destroy", "retire(service"],
  ] as const)(
    "fails with PVD5016 on data that is %s, and nothing is done",
    async (_case, name, records, action, fix) => {
      const before = bench.stands;
      bench.want(name, records);
      expect((await bench.run("apply")).stacks[0]).toMatchObject({
        status: "failed",
        resources: 1,
        plan: { destroy: 1 },
        findings: [
          {
            code: "PVD5016",
            where: `dev-network ${LOGS}`,
            source: "stacks/services/orders.ts:9",
            got: `a ${action} that loses logs`,
            fix: expect.stringContaining(fix),
          },
        ],
      });
      expect(bench.stands).toEqual(before);
    },
  );

  test("fails with PVD5017 on the day that the consent ends, and nothing is done", async () => {
    const before = bench.stands;
    bench.want("/paved/other", replaceable());
    const { stacks } = await bench.run("apply", { today: until });
    expect(stacks[0]!.findings.map(({ code }) => code)).toEqual(["PVD5017", "PVD5016"]);
    expect(bench.stands).toEqual(before);
  });

  test("fails with PVD5017 on a consent for longer than a year, and nothing is done", async () => {
    const before = bench.stands;
    bench.want("/paved/other", replaceable("2028-01-01"));
    const { stacks } = await bench.run("apply");
    expect(stacks[0]!.findings.map(({ code }) => code)).toEqual(["PVD5017"]);
    expect(bench.stands).toEqual(before);
  });

  test.each([
    ["made anew", "/paved/other", replaceable(), `${LOGS} /paved/other`],
    ["destroyed", undefined, retired, "terraform_data.other "],
  ] as const)("has data %s while a record allows it", async (_case, name, records, stands) => {
    bench.want(name, records);
    expect((await bench.run("apply")).stacks[0]).toMatchObject({ status: "applied", findings: [] });
    expect(bench.stands).toEqual([stands]);
  });
});

test("a plan that destroys nothing is not read for losses", async () => {
  bench = await Bench.begin("sandbox");
  const read = jest.spyOn(StackEngine.prototype, "document");
  try {
    bench.want("/paved/dev", replaceable("2020-01-01"));
    expect((await bench.run("apply")).stacks[0]).toMatchObject({ status: "unchanged" });
    bench.want("/paved/other");
    await bench.run("plan");
    expect(read).not.toHaveBeenCalled();
    await bench.run("apply");
    expect(read).toHaveBeenCalledTimes(1);
  } finally {
    read.mockRestore();
  }
});

test("a rehearsal tries the change out, and notes what an apply is refused for", async () => {
  bench = await Bench.begin("sandbox");
  bench.want("/paved/other");
  const [stack] = (await bench.run("rehearse")).stacks;
  expect(stack).toMatchObject({ status: "applied", secondPlan: { add: 0, change: 0, destroy: 0 } });
  expect(stack!.notes).toEqual([
    expect.stringMatching(/^an apply is refused, PVD5016 dev-network aws_cloudwatch_log_group.logs: .*allowReplace/),
  ]);
});

test("a destroy clears the sandbox, whatever is in it", async () => {
  bench = await Bench.begin("sandbox");
  expect((await bench.run("destroy")).stacks[0]).toMatchObject({ status: "destroyed", resources: 0 });
});

test("fails with PVD5016 on a destroy in the cloud of data that is not retired, and nothing is done", async () => {
  bench = await Bench.begin("live");
  const before = bench.stands;
  for (const records of [{}, replaceable()]) {
    bench.want("/paved/dev", records);
    expect((await bench.run("destroy")).stacks[0]).toMatchObject({
      status: "failed",
      findings: [{ code: "PVD5016", got: "a destroy that loses logs", fix: expect.stringContaining("retire(stack") }],
    });
  }
  bench.want(undefined, retired);
  const expired = (await bench.run("destroy", { today: until })).stacks[0]!.findings;
  expect(expired.map(({ code }) => code)).toEqual(["PVD5017", "PVD5016"]);
  expect(bench.stands).toEqual(before);
});

test("a destroy in the cloud of what is retired until a day is done", async () => {
  bench = await Bench.begin("live");
  bench.want(undefined, retired);
  expect((await bench.run("destroy")).stacks[0]).toMatchObject({ status: "destroyed", resources: 0 });
});
