import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import { IMPORTS_FILE, importBlocks, OVERRIDE_FILE, rescueRoot, sandboxOverride, withoutEncryption } from "./override";
import { initFingerprint, type RootFacts, readRootFacts } from "./root";
import type { Import } from "../imports/taken-over";
import { askedProviders } from "../providers/asked-providers";
import { lockOf } from "../providers/provider-lock";
import type { FleetStack } from "../workspace/fleet";
import type { Mode, Workspace } from "../workspace/workspace";

/** The directory OpenTofu runs in for one stack: a copy of the synthesized root, and what makes a local state local. */
export class WorkingDirectory {
  readonly path: string;
  /** What OpenTofu leaves of a state that it could not save where it belongs. */
  readonly unsavedState: string;
  readonly facts: RootFacts;
  /** Whether init takes the packages of providers that are locked, or none. */
  readonly isLocked: boolean;
  private readonly override: string | undefined;

  constructor(workspace: Workspace, mode: Mode, stack: FleetStack) {
    this.path = workspace.working(mode, stack.name);
    this.unsavedState = workspace.unsavedState(mode, stack.name);
    this.facts = readRootFacts(stack.name, stack.json);
    const isLocal = mode === "sandbox" && workspace.stateStore === "file";
    this.override = isLocal ? sandboxOverride(workspace.state(stack.name)) : undefined;
    mkdirSync(this.path, { recursive: true });
    this.write("cdk.tf.json", isLocal ? withoutEncryption(stack.json) : stack.json);
    if (this.override !== undefined) this.write(OVERRIDE_FILE, this.override);
    // What an earlier plan imported may be in the root by now, and OpenTofu refuses to read an import twice.
    this.placeImports([]);
    if (this.facts.resourceTypes.includes("helm_release")) this.link("charts", workspace.charts);
    this.isLocked = mode === "live" && existsSync(workspace.providerLock);
    if (this.isLocked) this.write(".terraform.lock.hcl", lockFor(stack, readFileSync(workspace.providerLock, "utf8")));
  }

  /** Has the next plan import these and no others, whoever looked at the stack meanwhile. */
  placeImports(imports: readonly Import[]): void {
    if (imports.length === 0) rmSync(path.join(this.path, IMPORTS_FILE), { force: true });
    else this.write(IMPORTS_FILE, importBlocks(imports));
  }

  get dataDirectory(): string {
    return path.join(this.path, ".terraform");
  }

  get pidFile(): string {
    return path.join(this.path, "tofu.pid");
  }

  /** A root beside this one, whose state is one that could not be saved. */
  get rescue(): string {
    return path.join(this.path, "rescue");
  }

  /** Writes the root of {@link rescue}: it reads that state. */
  writeRescue(json: string, state: string): void {
    mkdirSync(this.rescue, { recursive: true });
    writeAtomically(path.join(this.rescue, "cdk.tf.json"), rescueRoot(json, state));
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

  /** Has a name here lead to a folder; whatever led there before, another process never sees it gone. */
  private link(name: string, folder: string): void {
    const unfinished = path.join(this.path, `${name}.${process.pid}.tmp`);
    rmSync(unfinished, { force: true });
    symlinkSync(folder, unfinished);
    renameSync(unfinished, path.join(this.path, name));
  }

  private read(name: string): string | undefined {
    const file = path.join(this.path, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }
}

function lockFor({ json }: FleetStack, lock: string): string {
  return lockOf(
    lock,
    Object.values(askedProviders(json)).map(({ source }) => source),
  );
}
