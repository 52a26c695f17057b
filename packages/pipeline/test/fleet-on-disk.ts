import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { StackEntry } from "@paved/model";
import { type Engine, findEngine } from "../src/engine/find";
import { Interruption } from "../src/tofu/interruption";
import { readFleet } from "../src/workspace/fleet";
import { Workspace } from "../src/workspace/workspace";
import { run, type RunOptions } from "../src/run/run";
import type { RunResult } from "../src/run/result";
import { environmentEntry } from "@paved/testing/src/environment-entry";

/** A stack for a test: `resources` is the `resource` block of its root. */
export interface StackSpec {
  readonly name: string;
  readonly dependsOn?: readonly string[];
  readonly service?: string;
  readonly resources?: object;
  readonly elements?: StackEntry["elements"];
  readonly root?: object;
  readonly records?: Partial<StackEntry["records"]>;
}

/** OpenTofu of this workspace: `terraform_data` is built in, so no provider is needed. */
export async function realEngine(): Promise<Engine> {
  const { engine } = await findEngine(new Workspace(path.join(__dirname, "../../..")), process.env["PATH"] ?? "");
  if (engine === undefined) throw new Error("no OpenTofu: run npm start once");
  return engine;
}

/** A workspace in a temporary directory with a synthesized fleet in it. */
export function workspaceWith(stacks: readonly StackSpec[]): Workspace {
  const root = mkdtempSync(path.join(tmpdir(), "paved-pipeline-"));
  writeFileSync(path.join(root, "cdktf.json"), "{}");
  const workspace = new Workspace(root);
  writeFleet(workspace, stacks);
  return workspace;
}

export function writeFleet(workspace: Workspace, stacks: readonly StackSpec[]): void {
  for (const stack of stacks) {
    const directory = path.join(workspace.output, "stacks", stack.name);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, "cdk.tf.json"), JSON.stringify(rootOf(stack), null, 2));
  }
  writeFileSync(workspace.index, JSON.stringify({ version: 1, ...indexOf(stacks) }));
}

export function remove(workspace: Workspace): void {
  rmSync(workspace.root, { recursive: true, force: true });
}

/** One run over the whole fleet on disk. */
export async function runFleet(workspace: Workspace, options: Partial<RunOptions> = {}): Promise<RunResult> {
  const fleet = readFleet(workspace);
  const interruption = options.interruption ?? new Interruption();
  const engine = options.engine ?? (await realEngine());
  try {
    const today = "2026-11-28";
    const stacks = fleet.stacks;
    return await run({ workspace, command: "rehearse", fleet, stacks, today, engine, ...options, interruption });
  } finally {
    interruption.close();
  }
}

/** Which stack ended how, in the order of the fleet. */
export function statuses({ stacks }: RunResult): Record<string, string> {
  return Object.fromEntries(stacks.map(({ name, status }) => [name, status]));
}

function rootOf({ name, resources = {}, root = {} }: StackSpec): object {
  const backend = { s3: { bucket: "state", key: `${name}.tfstate`, region: "eu-west-1", use_lockfile: true } };
  return { terraform: { backend }, resource: resources, ...root };
}

function indexOf(stacks: readonly StackSpec[]): object {
  const environmentOf = (name: string): string => name.split("-")[0]!;
  return {
    environments: [...new Set(stacks.map(({ name }) => environmentOf(name)))].map(environmentEntry),
    goldenPaths: [],
    services: [...new Set(stacks.flatMap(({ service }) => service ?? []))].map((name) => ({
      name,
      owner: "shop",
      tier: 1,
      onCall: "shop-on-call",
      runbook: `https://runbooks.example.com/${name}`,
      source: `stacks/services/${name}.ts`,
      goldenPath: "node-api@1",
      stacks: stacks.filter(({ service }) => service === name).map((stack) => stack.name),
      allowsFrom: [],
    })),
    stacks: stacks.map(({ name, dependsOn = [], service, elements = {}, records }) => ({
      name,
      environment: environmentOf(name),
      kind: service === undefined ? "network" : "service",
      service,
      owner: service === undefined ? "platform" : "shop",
      directory: `stacks/${name}`,
      dependsOn,
      publishes: [],
      consumes: dependsOn.map((from) => ({ contract: "network@1", from })),
      notes: [],
      deviations: [],
      records: { moved: [], retired: [], forgotten: [], imported: [], ...records },
      elements,
    })),
  };
}
