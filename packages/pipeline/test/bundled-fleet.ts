import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Finding, type FleetIndex, PavedError } from "@paved/model";
import { applyBundle, type ApplyBundleOptions } from "../src/bundle/apply-bundle";
import { BundleDirectory } from "../src/bundle/bundle-directory";
import { planBundle, type PlanBundleOptions, type PlannedBundle } from "../src/bundle/plan-bundle";
import type { RunResult } from "../src/run/result";
import type { RunOptions } from "../src/run/run";
import { Interruption } from "../src/tofu/interruption";
import { readFleet } from "../src/workspace/fleet";
import type { Workspace } from "../src/workspace/workspace";
import { realEngine, remove, type StackSpec, workspaceWith, writeFleet } from "./fleet-on-disk";

export const KEY = "a passphrase for plans";
const NO_RULES = { today: "2026-11-28", rules: [], waivers: [] } as const;

/** A root with one resource that holds a value. */
export const data = (input: unknown): object => ({ terraform_data: { thing: { input } } });

/** A fleet in a repository, with a bundle of plans of it. */
export class BundledFleet {
  readonly directory: BundleDirectory;

  /** @param served what its engines reach. @default - no providers, and states in files */
  constructor(
    stacks: readonly StackSpec[],
    readonly workspace: Workspace = workspaceWith(stacks),
    private readonly served: Pick<RunOptions, "providers" | "stateAccess"> = {},
  ) {
    this.directory = this.bundleAt("bundle");
    writeFileSync(path.join(this.workspace.root, ".gitignore"), ".paved\ncdktf.out\n");
    this.git("init", "-q", "-b", "main");
    this.commit("the fleet");
  }

  /** Another directory for a bundle. */
  bundleAt(name: string): BundleDirectory {
    return new BundleDirectory(path.join(this.workspace.paved, name), name);
  }

  /** A copy of a bundle, to be damaged. */
  copyOf(bundle: BundleDirectory, name: string): BundleDirectory {
    const copy = this.bundleAt(name);
    cpSync(bundle.path, copy.path, { recursive: true });
    return copy;
  }

  write(stacks: readonly StackSpec[]): void {
    writeFleet(this.workspace, stacks);
  }

  /** Changes the index that synth wrote. */
  index(change: (index: FleetIndex) => object): void {
    const index = JSON.parse(readFileSync(this.workspace.index, "utf8")) as FleetIndex;
    writeFileSync(this.workspace.index, JSON.stringify({ ...index, ...change(index) }));
  }

  git(...words: readonly string[]): string {
    const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
    return execFileSync("git", [...who, ...words], { cwd: this.workspace.root, encoding: "utf8" }).trim();
  }

  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "-qm", message, "--allow-empty");
    return this.git("rev-parse", "HEAD");
  }

  async plan(options: Partial<PlanBundleOptions> = {}): Promise<PlannedBundle> {
    const fleet = readFleet(this.workspace);
    return this.within((shared) => planBundle({ ...shared, stacks: fleet.stacks, ...options }));
  }

  async apply(options: Partial<ApplyBundleOptions> = {}): Promise<RunResult> {
    return this.within((shared) => applyBundle({ ...shared, ...options }));
  }

  /** What an apply is refused for. */
  async refusals(options: Partial<ApplyBundleOptions> = {}): Promise<readonly Finding[]> {
    return this.apply(options).then(
      () => [],
      (error: unknown) => {
        if (error instanceof PavedError) return error.findings;
        throw error;
      },
    );
  }

  remove(): void {
    remove(this.workspace);
  }

  private async within<T>(work: (shared: ApplyBundleOptions) => Promise<T>): Promise<T> {
    const { workspace, directory, served } = this;
    const interruption = new Interruption();
    const engine = await realEngine();
    const environment = { PAVED_BUNDLE_KEY: KEY };
    try {
      const fleet = readFleet(workspace);
      return await work({
        ...served,
        workspace,
        fleet,
        engine,
        directory,
        policy: NO_RULES,
        interruption,
        environment,
      });
    } finally {
      interruption.close();
    }
  }
}
