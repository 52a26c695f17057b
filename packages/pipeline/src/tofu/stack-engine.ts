import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import { type ChangeCounts, type Finding, PavedError, type StateVersion } from "@paved/model";
import { silentFailure, toFindings } from "./diagnostics";
import { engineEnvironment } from "./environment";
import type { Interruption } from "./interruption";
import { type Diagnostic, documentIn, NO_CHANGES, parseMessage, parseValidation, type PlannedChange } from "./messages";
import { planFlags, type PlanSettings } from "./plan-settings";
import { recoverState, waitForLeftEngine } from "./recovery";
import { runTofu, type TofuEnd } from "./run-tofu";
import { ServedProviders, wantedTypes } from "./served-providers";
import { EMPTY_STATE, parseState, readStateFile, type StateFacts } from "./state-file";
import { stateFinding } from "./state-findings";
import { localLockFile, localLockInfo, type LockInfo, lockInfoIn } from "./state-lock";
import { parseStateVersion } from "./state-version";
import { holdsTheSame, isEncryptedState } from "./unsaved-state";
import { WorkingDirectory } from "./working-directory";
import type { Engine } from "../engine/find";
import type { Import } from "../imports/taken-over";
import { enginesIn } from "../lock/engine-processes";
import type { ProviderSandbox } from "../sandbox/provider-sandbox";
import type { StateAccess } from "../state-server/open";
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
  /** How to reach the sandbox's S3 and KMS. @default - states are local files, or in the cloud */
  readonly stateAccess?: StateAccess;
  /** What plans are encrypted with, as `TF_ENCRYPTION`. @default - nothing: they do not outlive the run */
  readonly planEncryption?: (stack: FleetStack) => string;
  /**
   * Where a state that an apply could not save is kept besides, encrypted, for whoever goes on elsewhere.
   * @default - in the stack's working directory alone
   */
  readonly unsavedState?: (stack: FleetStack) => string;
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
  private readonly served: ServedProviders | undefined;
  private initialState: Promise<StateFacts> | undefined;
  private isReady = false;

  constructor(
    private readonly context: EngineContext,
    private readonly stack: FleetStack,
    private readonly imports: readonly Import[] = [],
  ) {
    this.directory = new WorkingDirectory(context.workspace, context.mode, stack);
    this.served = context.providers && new ServedProviders(context.providers, stack.name);
  }

  /** Clears up after a run that was killed. Only for a run that holds the lock. */
  async recover(): Promise<void> {
    await waitForLeftEngine(this.stack.name, this.directory.pidFile);
    if (this.isLocal) recoverState(this.stateFile);
    await this.putBackUnsaved();
    if (this.context.providers === undefined) return;
    this.initialState ??= this.state();
    const known = (await this.initialState).managed.map(({ type, id }) => ({ type, id }));
    await this.context.providers.removeOrphans(this.stack.name, known);
  }

  /**
   * Keeps what an apply could not save where the context says, too: what is encrypted, since that leaves the machine.
   * @returns whether it left anything
   */
  keepUnsaved(): boolean {
    const { unsavedState: left } = this.directory;
    if (!existsSync(left)) return false;
    const content = readFileSync(left, "utf8");
    const { kept } = this;
    if (kept !== undefined && !existsSync(kept) && isEncryptedState(content)) writeAtomically(kept, content, 0o600);
    return true;
  }

  /**
   * An apply that could not save the state left it here, or where it was kept. Without it the next apply would make all
   * again.
   * @throws PavedError PVD6002 when it cannot be saved now either, or another apply has saved its own since
   */
  private async putBackUnsaved(): Promise<void> {
    for (const file of [this.directory.unsavedState, this.kept]) {
      if (file !== undefined && existsSync(file)) await this.putBack(file);
    }
  }

  private async putBack(file: string): Promise<void> {
    const { rescue: directory } = this.directory;
    await this.init();
    try {
      // `state push` reads no state that is encrypted, and what reads it prints it: it goes from the one to the other.
      this.directory.writeRescue(this.stack.json, file);
      await this.call("init", ["-json", "-reconfigure"], { directory });
      const stdin = documentIn((await this.call("state pull", [], { directory })).stdout);
      if (!holdsTheSame(stdin, await this.pulledState())) await this.call("state push", ["-"], { stdin });
    } catch (error) {
      if (error instanceof PavedError && !this.context.interruption.requested)
        throw notPutBack(this.stack.name, file, error);
      throw error;
    }
    rmSync(file);
    rmSync(directory, { recursive: true });
    this.initialState = undefined;
  }

  /** Prepares the directory; skipped in the sandbox when it was done before with the same providers and backend. */
  async init(): Promise<void> {
    const { engine, mode } = this.context;
    if (this.isReady || (mode === "sandbox" && this.directory.isInitialized(engine.version))) return;
    const lock = this.directory.isLocked ? ["-lockfile=readonly"] : [];
    await this.call("init", ["-json", "-reconfigure", ...lock]);
    this.directory.noteInitialized(engine.version);
    this.isReady = true;
  }

  async validate(): Promise<void> {
    await this.call("validate", ["-json"], { input: false });
  }

  /** Plans into a file that {@link apply} takes. */
  async plan(options: { readonly destroy?: boolean; readonly refreshOnly?: boolean } = {}): Promise<Plan> {
    this.directory.placeImports(this.imports);
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

  /** Keeps the plan that {@link plan} wrote, which goes with {@link close}. */
  savePlan(file: string): void {
    copyFileSync(this.directory.planFile, file);
  }

  /**
   * A plan as the JSON text that other tools judge; sensitive values are in it.
   * @param file a plan that was saved. @default - what {@link plan} wrote
   */
  async document(file: string = this.directory.planFile): Promise<string> {
    const { stdout } = await this.call("show", ["-json", file], { input: false });
    return documentIn(stdout);
  }

  /**
   * Applies that very plan.
   * @param total how many resources it changes, for the progress
   * @param file a plan that was saved. @default - what {@link plan} wrote
   */
  async apply(total: number, progress: ResourceProgress, file: string = this.directory.planFile): Promise<void> {
    let done = 0;
    await this.releaseForgotten();
    await this.call("apply", ["-json", ...this.lockTimeout, file], {
      onLine: (line) => {
        if (parseMessage(line)?.type === "completed") progress(Math.min(++done, total), total);
      },
    });
  }

  /** What the state is about to forget is no orphan of a killed run, and stays. */
  private async releaseForgotten(): Promise<void> {
    const addresses = new Set(this.stack.records.forgotten.map(({ address }) => address));
    if (this.context.providers === undefined || addresses.size === 0) return;
    const leaving = (await this.state()).managed.filter(({ address }) => addresses.has(address));
    this.context.providers.release(this.stack.name, leaving);
  }

  /** What the stack's state holds now. */
  async state(): Promise<StateFacts> {
    return this.isLocal ? readStateFile(this.stateFile) : parseState(await this.pulledState());
  }

  /** Which state it is. @returns nothing when there is none @throws PavedError PVD3001 when it is damaged */
  async stateVersion(): Promise<StateVersion | undefined> {
    if (!this.isLocal) return parseStateVersion(await this.pulledState());
    readStateFile(this.stateFile);
    return existsSync(this.stateFile) ? parseStateVersion(readFileSync(this.stateFile, "utf8")) : undefined;
  }

  /** What init wrote down of the providers. @returns nothing in the sandbox, whose providers are none of the registry's */
  providerLock(): string | undefined {
    return this.directory.providerLock();
  }

  private async pulledState(): Promise<string> {
    await this.init();
    return documentIn((await this.call("state pull", [])).stdout);
  }

  /** Engines on this machine that work on the stack, by process id. */
  get running(): readonly number[] {
    return enginesIn(this.directory.path, this.directory.pidFile, !this.isLocal);
  }

  /** Who holds the lock of the state. @returns undefined when nobody does */
  async heldLock(): Promise<LockInfo | undefined> {
    if (this.isLocal) return localLockInfo(this.stateFile);
    await this.init();
    // No lock has this id: OpenTofu says whose the lock is, and leaves it.
    const end = await this.call("force-unlock", ["-force", "-no-color", NOBODYS_LOCK], { input: false, accept: [1] });
    const lock = lockInfoIn(end.stderr);
    if (lock !== undefined || end.stderr.includes("NoSuchKey")) return lock;
    throw new PavedError(silentFailure(this.stack, "force-unlock", end.code, end.stderr));
  }

  /** Releases the lock of the state that has this id. */
  async releaseLock(id: string): Promise<void> {
    if (this.isLocal) rmSync(localLockFile(this.stateFile), { force: true });
    else await this.call("force-unlock", ["-force", "-no-color", id], { input: false });
  }

  async close(): Promise<void> {
    this.directory.removePlan();
    await this.served?.close();
  }

  /** Whether the state is a file on this machine. */
  private get isLocal(): boolean {
    return this.context.mode === "sandbox" && this.context.workspace.stateStore === "file";
  }

  /** Where what an apply could not save is kept besides. */
  private get kept(): string | undefined {
    return this.context.unsavedState?.(this.stack);
  }

  private get stateFile(): string {
    return this.context.workspace.state(this.stack.name);
  }

  /** With local states a plan and an apply may meet; in S3 the second is refused with the owner of the lock. */
  private get lockTimeout(): string[] {
    return this.isLocal ? ["-lock-timeout=60s"] : [];
  }

  private async call(command: string, flags: readonly string[], options: CallOptions = {}): Promise<TofuEnd> {
    this.stopIfInterrupted(`before ${command}`);
    const diagnostics: Diagnostic[] = [];
    const input = options.input === false || command.startsWith("state") ? [] : ["-input=false"];
    const end = await runTofu({
      binary: this.context.engine.binary,
      arguments: [...command.split(" "), ...input, ...flags],
      directory: options.directory ?? this.directory.path,
      environment: await this.environment(command, options.directory),
      stdin: options.stdin,
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
    if (command === "validate") diagnostics.push(...parseValidation(documentIn(end.stdout)));
    throw new PavedError(this.failure(command, end, diagnostics));
  }

  private failure(command: string, end: TofuEnd, diagnostics: readonly Diagnostic[]): Finding | Finding[] {
    const ofState = stateFinding(this.stack, diagnostics, this.placeOptions);
    if (ofState !== undefined) return ofState;
    const findings = toFindings(this.stack, command, diagnostics);
    return findings.length > 0 ? findings : silentFailure(this.stack, command, end.code, end.stderr);
  }

  private stopIfInterrupted(when: string): void {
    if (this.context.interruption.requested) throw interrupted(this.stack.name, when);
  }

  /** The options of `paved` that say where this engine works. */
  private get placeOptions(): string {
    const { mode, workspace } = this.context;
    if (mode === "live") return " --live";
    return workspace.stateStore === "file" ? "" : ` --state ${workspace.stateStore}`;
  }

  private async environment(command: string, directory = this.directory.path): Promise<NodeJS.ProcessEnv> {
    const { mode, workspace, stateAccess } = this.context;
    const cliConfiguration = path.join(workspace.engineHome, "tofu.rc");
    mkdirSync(workspace.engineHome, { recursive: true });
    writeFileSync(cliConfiguration, "", { flag: "a" });
    const settings = { mode, cliConfiguration, home: workspace.engineHome, stateAccess };
    const reattach = await this.served?.reattach(wantedTypes(this.directory.facts, await this.stateFor(command)));
    const dataDirectory = path.join(directory, ".terraform");
    const environment = engineEnvironment({ ...settings, reattach, dataDirectory }, process.env);
    const { planEncryption } = this.context;
    return planEncryption === undefined ? environment : { ...environment, TF_ENCRYPTION: planEncryption(this.stack) };
  }

  /** The state whose types a command needs providers for; those that only read a state from S3 need none. */
  private async stateFor(command: string): Promise<StateFacts> {
    if (!this.isLocal && !NEEDS_TYPES_OF_STATE.has(command)) return EMPTY_STATE;
    this.initialState ??= this.state();
    return this.initialState;
  }
}

const NOBODYS_LOCK = "00000000-0000-0000-0000-000000000000";

const NEEDS_TYPES_OF_STATE: ReadonlySet<string> = new Set(["plan", "apply", "show"]);

interface CallOptions {
  readonly accept?: readonly (number | string)[];
  readonly onLine?: (line: string) => void;
  readonly input?: boolean;
  /** Where to run. @default - the stack's working directory */
  readonly directory?: string;
  readonly stdin?: string;
}

function notPutBack(stack: string, file: string, { findings }: PavedError): PavedError {
  return new PavedError({
    code: "PVD6002",
    where: stack,
    got: `${file}, which an apply left: ${findings[0]!.got}`,
    want: "it saved before anything else is applied",
    fix: "correct the cause; what another apply has saved since wins, if you remove the file",
  });
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
