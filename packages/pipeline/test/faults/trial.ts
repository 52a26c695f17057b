import { readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { PavedError } from "@paved/model";
import type { Outages, Sandbox } from "@paved/sandbox";
import { enginesIn } from "../../src/lock/engine-processes";
import type { RunResult } from "../../src/run/result";
import { isRunOk } from "../../src/run/result";
import { openSandbox, type ProviderSandbox } from "../../src/sandbox/provider-sandbox";
import type { StateAccess } from "../../src/state-server/open";
import { Interruption } from "../../src/tofu/interruption";
import type { EngineContext } from "../../src/tofu/stack-engine";
import { heldLocks, releaseLocks } from "../../src/unlock/unlock";
import { readFleet } from "../../src/workspace/fleet";
import { BundledFleet } from "../bundled-fleet";
import { FaultyProxy } from "../faulty-proxy";
import { realEngine, remove, runFleet, type StackSpec, workspaceWith, writeFleet } from "../fleet-on-disk";
import { keptInS3, objectOf, type S3Workspace, s3Workspace } from "../s3-states";
import { SmallDisk } from "./small-disk";

const NAMES = ["dev-network", "dev-orders"] as const;
const GROUPS = ["first", "second", "third", "fourth"] as const;

/** A small fleet: each stack makes log groups one after the other, and takes its time over each. */
export function smallFleet(groups: readonly string[] = GROUPS): readonly StackSpec[] {
  return NAMES.map((name, index) => ({
    name,
    dependsOn: NAMES.slice(0, index),
    resources: {
      aws_cloudwatch_log_group: Object.fromEntries(
        groups.map((group) => [group, { name: `/${name}/${group}`, retention_in_days: 30 }]),
      ),
      terraform_data: Object.fromEntries(
        groups.map((group, place) => [
          group,
          {
            input: `\${aws_cloudwatch_log_group.${group}.arn}`,
            depends_on: place === 0 ? [] : [`terraform_data.${groups[place - 1]}`],
            provisioner: [{ "local-exec": { command: "sleep 0.1" } }],
          },
        ]),
      ),
    },
    root: {
      provider: { aws: [{ region: "eu-west-1" }] },
      terraform: { required_providers: { aws: { source: "registry.opentofu.org/hashicorp/aws", version: "6.25.0" } } },
    },
  }));
}

/** One fleet with its own S3, an apply of which is disturbed. */
export class Trial {
  /** Calls that the provider's services do not answer. */
  outages: Outages | undefined;
  /** What is undone at the end. */
  private readonly made: (() => void)[] = [];

  private constructor(
    readonly s3: S3Workspace,
    readonly proxy: FaultyProxy,
    private sandbox: Sandbox,
  ) {}

  static async begin(): Promise<Trial> {
    const s3 = await s3Workspace(smallFleet());
    return new Trial(s3, await FaultyProxy.before(s3.endpoint), await openSandbox(s3.workspace));
  }

  async end(): Promise<void> {
    await this.proxy.close();
    await this.sandbox.close();
    for (const undo of this.made) undo();
    this.s3.remove();
  }

  /** Changes what the fleet is to have. */
  want(groups: readonly string[]): void {
    writeFleet(this.s3.workspace, smallFleet(groups).map(keptInS3));
  }

  /** Applies the fleet, and calls `meanwhile` when an apply has begun. */
  async apply(meanwhile: () => Promise<void> = async () => {}): Promise<RunResult> {
    const started: Promise<void>[] = [];
    const listener = {
      stage: (_stack: unknown, stage: string): void => {
        if (stage === "apply" && started.length === 0) started.push(meanwhile());
      },
      progress: () => {},
      finished: () => {},
    };
    const result = await runFleet(this.s3.workspace, { ...this.served, listener });
    await Promise.all(started);
    return result;
  }

  /** Applies the fleet from another checkout, whose machine knows nothing of what this one has begun. */
  async applyElsewhere(): Promise<RunResult> {
    const checkout = workspaceWith(smallFleet().map(keptInS3)).keepingStateIn("s3");
    this.made.push(() => remove(checkout));
    const { providers, stateAccess } = this.served;
    return runFleet(checkout, { providers: { ...providers, removeOrphans: () => {} }, stateAccess });
  }

  /** The fleet in a repository, with the plans of what it is to have now. */
  async planned(base?: string): Promise<BundledFleet> {
    const fleet = new BundledFleet([], this.s3.workspace, this.served);
    if (base !== undefined) fleet.git("branch", base);
    await fleet.plan(base === undefined ? {} : { base });
    return fleet;
  }

  /** Changes every file of the cache, as it is found by the next command. @returns how many */
  async damageCache(damage: (content: Buffer) => Buffer): Promise<number> {
    const { cache } = this.s3.workspace;
    const entries = readdirSync(cache, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of entries.map((entry) => path.join(entry.parentPath, entry.name))) {
      writeFileSync(file, damage(readFileSync(file)));
    }
    await this.reopen();
    return entries.length;
  }

  /** Puts all that commands write on this machine onto a small disk of its own. */
  async smallDisk(): Promise<SmallDisk> {
    const { paved, stateServer } = this.s3.workspace;
    const installed = readlinkSync(stateServer);
    const disk = SmallDisk.at(paved);
    this.made.push(() => disk.remove());
    symlinkSync(installed, stateServer);
    await this.reopen();
    return disk;
  }

  /** Kills every engine at work with everything it had. */
  killEngines(): void {
    for (const name of NAMES) {
      for (const pid of enginesIn(this.s3.workspace.working("sandbox", name), "", false)) process.kill(pid, "SIGKILL");
    }
  }

  /**
   * What docs/state.md says to do: locks that were left are released, a state that cannot be read is put back from the newest
   * version that can, and the fleet is applied again. @returns whether it converged
   */
  async recover(): Promise<boolean> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await this.releaseLeftLocks();
      const result = await this.apply();
      if (isRunOk(result)) return true;
      for (const { status, name } of result.stacks) if (status === "failed") await this.restore(objectOf(name));
    }
    return false;
  }

  /** What the fleet has come to: every address that a state knows, and every object that was made. */
  async outcome(): Promise<{ readonly resources: number; readonly objects: readonly string[] }> {
    const { stacks } = await this.apply();
    return {
      resources: stacks.reduce((sum, { resources }) => sum + resources, 0),
      objects: this.sandbox
        .objects()
        .map(({ stack, type, id }) => `${stack} ${type} ${id}`)
        .toSorted(),
    };
  }

  /** Has the providers read anew what they keep on the disk. */
  private async reopen(): Promise<void> {
    await this.sandbox.close();
    this.sandbox = await openSandbox(this.s3.workspace);
  }

  /** Releases what nobody holds any more; of a holder that still works it waits for the end, as it is told to. */
  private async releaseLeftLocks(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.releaseLocks();
      } catch (error) {
        const isHeld = error instanceof PavedError && error.findings.every(({ code }) => code === "PVD6004");
        if (!isHeld || tries === 20) throw error;
        await wait(500);
      }
    }
  }

  private async releaseLocks(): Promise<void> {
    const { workspace } = this.s3;
    const engine = await realEngine();
    const interruption = new Interruption();
    const context: EngineContext = { workspace, mode: "sandbox", engine, interruption, ...this.served };
    const { stacks } = readFleet(workspace);
    try {
      await releaseLocks(context, stacks, await heldLocks(context, stacks));
    } finally {
      interruption.close();
    }
  }

  private async restore(state: string): Promise<void> {
    for (const version of await this.s3.versions(state)) {
      const text = await this.s3.object(`${state}?versionId=${version}`);
      if (isWhole(text)) return this.s3.put(state, text);
    }
  }

  private get served(): { readonly providers: ProviderSandbox; readonly stateAccess: StateAccess } {
    const { sandbox } = this;
    const outages: Outages = (call) => this.outages?.(call);
    return {
      providers: {
        session: (wanted) => sandbox.session({ ...wanted, outages }),
        removeOrphans: (stack, known) => sandbox.removeOrphans(stack, known),
        release: (stack, leaving) => sandbox.release(stack, leaving),
        close: () => sandbox.close(),
      },
      stateAccess: { ...this.s3.access, AWS_ENDPOINT_URL: this.proxy.endpoint },
    };
  }
}

function isWhole(text: string): boolean {
  try {
    return "encrypted_data" in (JSON.parse(text) as object);
  } catch {
    return false;
  }
}
