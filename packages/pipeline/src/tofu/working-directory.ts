import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { OVERRIDE_FILE, sandboxOverride } from "./override";
import { initFingerprint, type RootFacts, readRootFacts } from "./root";
import { writeAtomically } from "../workspace/atomic-write";
import type { FleetStack } from "../workspace/fleet";
import type { Mode, Workspace } from "../workspace/workspace";

/** The directory OpenTofu runs in for one stack: a copy of the synthesized root, and what makes it local. */
export class WorkingDirectory {
  readonly path: string;
  readonly facts: RootFacts;
  private readonly override: string | undefined;

  constructor(workspace: Workspace, mode: Mode, stack: FleetStack) {
    this.path = workspace.working(mode, stack.name);
    this.facts = readRootFacts(stack.name, stack.json);
    this.override = mode === "sandbox" ? sandboxOverride(workspace.state(stack.name)) : undefined;
    mkdirSync(this.path, { recursive: true });
    this.write("cdk.tf.json", stack.json);
    if (this.override !== undefined) this.write(OVERRIDE_FILE, this.override);
  }

  get dataDirectory(): string {
    return path.join(this.path, ".terraform");
  }

  get pidFile(): string {
    return path.join(this.path, "tofu.pid");
  }

  /** This process's plan; another process's plan of the same stack is another file. */
  get planFile(): string {
    return path.join(this.path, `${process.pid}.tfplan`);
  }

  /** Whether init ran here with this engine and nothing it depends on has changed since. */
  isInitialized(engineVersion: string): boolean {
    const noted = this.read(".paved-init");
    return noted === this.fingerprint(engineVersion) && existsSync(this.dataDirectory);
  }

  noteInitialized(engineVersion: string): void {
    this.write(".paved-init", this.fingerprint(engineVersion));
  }

  providerLock(): string | undefined {
    return this.read(".terraform.lock.hcl");
  }

  removePlan(): void {
    rmSync(this.planFile, { force: true });
  }

  private fingerprint(engineVersion: string): string {
    return initFingerprint(engineVersion, this.facts.initInputs, this.override ?? "");
  }

  private write(name: string, content: string): void {
    if (this.read(name) !== content) writeAtomically(path.join(this.path, name), content);
  }

  private read(name: string): string | undefined {
    const file = path.join(this.path, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }
}
