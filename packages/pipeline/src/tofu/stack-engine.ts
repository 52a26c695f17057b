import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type ChangeCounts, type Finding, PavedError } from "@paved/model";
import { silentFailure, toFindings } from "./diagnostics";
import { engineEnvironment } from "./environment";
import type { Interruption } from "./interruption";
import { type Diagnostic, NO_CHANGES, parseMessage, parseValidation, type PlannedChange } from "./messages";
import { planFlags, type PlanSettings } from "./plan-settings";
import { recoverState, waitForLeftEngine } from "./recovery";
import { runTofu, type TofuEnd } from "./run-tofu";
import { parseState, readStateFile, type StateFacts } from "./state-file";
import { WorkingDirectory } from "./working-directory";
import type { Engine } from "../engine/find";
import type { ProviderSandbox, ProviderSession } from "../sandbox/provider-sandbox";
import type { FleetStack } from "../workspace/fleet";
import type { Mode, Workspace } from "../workspace/workspace";

/** What every stack of a run shares. */
export interface EngineContext {
  readonly workspace: Workspace;
  readonly mode: Mode;
  readonly engine: Engine;
  readonly interruption: Interruption;
  /** The offline providers. @default - none, providers come from the registry */
  readonly providers?: ProviderSandbox;
  /** @default - plans take the lock, and refresh */
  readonly planSettings?: PlanSettings;
}

/** What a plan would do. */
export interface Plan {
  readonly counts: ChangeCounts;
  readonly changes: readonly PlannedChange[];
  /** Whether there is nothing at all to apply, outputs included. */
  readonly empty: boolean;
}

/** Told how many of how many resources are done. */
export type ResourceProgress = (done: number, total: number) => void;

/** OpenTofu on one stack: each method is one stage and throws what the engine reported as findings. */
export class StackEngine {
  private readonly directory: WorkingDirectory;
  private session: ProviderSession | undefined;

  constructor(
    private readonly context: EngineContext,
    private readonly stack: FleetStack,
  ) {
    this.directory = new WorkingDirectory(context.workspace, context.mode, stack);
  }

  /** Clears up after a run that was killed. Only for a run that holds the lock. */
  async recover(): Promise<void> {
    await waitForLeftEngine(this.stack.name, this.directory.pidFile);
    if (this.context.mode === "live") return;
    recoverState(this.stateFile);
    const known = readStateFile(this.stateFile).managed.map(({ type, id }) => ({ type, id }));
    await this.context.providers?.removeOrphans(this.stack.name, known);
  }

  /** Prepares the directory; skipped in the sandbox when it was done before with the same providers and backend. */
  async init(): Promise<void> {
    const { engine, mode } = this.context;
    if (mode === "sandbox" && this.directory.isInitialized(engine.version)) return;
    const lock = this.directory.isLocked ? ["-lockfile=readonly"] : [];
    await this.call("init", ["-json", "-reconfigure", ...lock]);
    this.directory.noteInitialized(engine.version);
  }

  async validate(): Promise<void> {
    await this.call("validate", ["-json"], { input: false });
  }

  /** Plans into a file that {@link apply} takes. */
  async plan(options: { readonly destroy?: boolean; readonly refreshOnly?: boolean } = {}): Promise<Plan> {
    const changes: PlannedChange[] = [];
    let counts = NO_CHANGES;
    const flags = ["-json", "-detailed-exitcode", `-out=${this.directory.planFile}`, ...this.lockTimeout];
    flags.push(...planFlags(this.context.planSettings));
    const sort = options.destroy === true ? ["-destroy"] : options.refreshOnly === true ? ["-refresh-only"] : [];
    const end = await this.call("plan", [...sort, ...flags], {
      accept: [0, 2],
      onLine: (line) => {
        const message = parseMessage(line);
        if (message?.type === "planned") changes.push(message.change);
        if (message?.type === "summary") counts = message.counts;
      },
    });
    return { counts, changes, empty: end.code === 0 };
  }

  /** The plan that {@link plan} wrote, as the JSON text that other tools judge; sensitive values are in it. */
  async document(): Promise<string> {
    const { stdout } = await this.call("show", ["-json", this.directory.planFile], { input: false });
    return stdout;
  }

  /** Applies the very plan that {@link plan} wrote. */
  async apply(planned: Plan, progress: ResourceProgress): Promise<void> {
    const total = planned.changes.length;
    let done = 0;
    this.releaseForgotten();
    await this.call("apply", ["-json", ...this.lockTimeout, this.directory.planFile], {
      onLine: (line) => {
        if (parseMessage(line)?.type === "completed") progress(Math.min(++done, total), total);
      },
    });
  }

  /** What the state is about to forget is no orphan of a killed run, and stays. */
  private releaseForgotten(): void {
    const addresses = new Set(this.stack.records.forgotten.map(({ address }) => address));
    if (this.context.providers === undefined || addresses.size === 0) return;
    const leaving = readStateFile(this.stateFile).managed.filter(({ address }) => addresses.has(address));
    this.context.providers.release(this.stack.name, leaving);
  }

  /** What the stack's state holds now. */
  async state(): Promise<StateFacts> {
    if (this.context.mode === "sandbox") return readStateFile(this.stateFile);
    const { stdout } = await this.call("state pull", []);
    return parseState(stdout);
  }

  async close(): Promise<void> {
    this.directory.removePlan();
    await this.session?.close();
  }

  private get stateFile(): string {
    return this.context.workspace.state(this.stack.name);
  }

  /** In the sandbox a plan and an apply may meet; in the cloud the second is refused with the owner of the lock. */
  private get lockTimeout(): string[] {
    return this.context.mode === "sandbox" ? ["-lock-timeout=60s"] : [];
  }

  private async call(command: string, flags: readonly string[], options: CallOptions = {}): Promise<TofuEnd> {
    this.stopIfInterrupted(`before ${command}`);
    const diagnostics: Diagnostic[] = [];
    const input = options.input === false || command.startsWith("state") ? [] : ["-input=false"];
    const end = await runTofu({
      binary: this.context.engine.binary,
      arguments: [...command.split(" "), ...input, ...flags],
      directory: this.directory.path,
      environment: await this.environment(),
      pidFile: command === "apply" ? this.directory.pidFile : undefined,
      interruption: this.context.interruption,
      onLine: (line) => {
        const message = parseMessage(line);
        if (message?.type === "diagnostic") diagnostics.push(message.diagnostic);
        options.onLine?.(line);
      },
    });
    this.stopIfInterrupted(`during ${command}`);
    if ((options.accept ?? [0]).includes(end.code)) return end;
    if (command === "validate") diagnostics.push(...parseValidation(end.stdout));
    throw new PavedError(this.failure(command, end, diagnostics));
  }

  private failure(command: string, end: TofuEnd, diagnostics: readonly Diagnostic[]): Finding | Finding[] {
    const findings = toFindings(this.stack, command, diagnostics);
    return findings.length > 0 ? findings : silentFailure(this.stack, command, end.code, end.stderr);
  }

  private stopIfInterrupted(when: string): void {
    if (this.context.interruption.requested) throw interrupted(this.stack.name, when);
  }

  private async environment(): Promise<NodeJS.ProcessEnv> {
    const { mode, workspace } = this.context;
    const cliConfiguration = path.join(workspace.engineHome, "tofu.rc");
    mkdirSync(workspace.engineHome, { recursive: true });
    writeFileSync(cliConfiguration, "", { flag: "a" });
    this.session ??= await this.openSession();
    const settings = { mode, cliConfiguration, home: workspace.engineHome, reattach: this.session?.reattach };
    return engineEnvironment({ ...settings, dataDirectory: this.directory.dataDirectory }, process.env);
  }

  /** Serves the types of the root and of the state: what is to be destroyed is in the state only. */
  private async openSession(): Promise<ProviderSession | undefined> {
    if (this.context.providers === undefined) return undefined;
    const state = readStateFile(this.stateFile);
    const { resourceTypes, dataSourceTypes } = this.directory.facts;
    return this.context.providers.session({
      stack: this.stack.name,
      resources: [...new Set([...resourceTypes, ...state.managed.map(({ type }) => type)])],
      dataSources: [...new Set([...dataSourceTypes, ...state.dataSourceTypes])],
    });
  }
}

interface CallOptions {
  readonly accept?: readonly (number | string)[];
  readonly onLine?: (line: string) => void;
  readonly input?: boolean;
}

/** What a run that the user stopped ends with. */
export function interrupted(stack: string, when: string): PavedError {
  return new PavedError({
    code: "PVD2006",
    where: stack,
    got: `a request to stop ${when}`,
    want: "a run to the end",
    fix: "run the command again: it continues from the state that was saved",
  });
}
