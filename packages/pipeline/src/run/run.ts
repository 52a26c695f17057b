import type { HeldLock } from "@paved/machine";
import { PavedError, type Finding } from "@paved/model";
import { type RunListener, SILENT } from "./listener";
import { emptyResult, isSuccess, type RunCommand, type RunResult, secondsSince, type StackResult } from "./result";
import { schedule } from "./schedule";
import { applyStack, destroyStack, type Outcome, planStack, rehearseStack, type StackJob } from "./stages";
import { OtherStacks, refuseDestroy, refuseLeaving, waitsFor } from "./upstream";
import type { Engine } from "../engine/find";
import { takersOf } from "../imports/taken-over";
import { takeRunLock } from "../lock/exclusive";
import type { ProviderSandbox } from "../sandbox/provider-sandbox";
import type { StateAccess } from "../state-server/open";
import type { Interruption } from "../tofu/interruption";
import type { PlanSettings } from "../tofu/plan-settings";
import { type EngineContext, interrupted, StackEngine } from "../tofu/stack-engine";
import type { Fleet, FleetStack } from "../workspace/fleet";
import type { Mode, Workspace } from "../workspace/workspace";

/** What a run works on, and with. */
export interface RunOptions {
  readonly workspace: Workspace;
  readonly command: RunCommand;
  /** @default sandbox */
  readonly mode?: Mode;
  readonly engine: Engine;
  readonly fleet: Fleet;
  /** The stacks to run, each after what it depends on. */
  readonly stacks: readonly FleetStack[];
  /** Day that consents to losses are judged by, as `YYYY-MM-DD`. */
  readonly today: string;
  /** Stacks at once. @default 2 */
  readonly concurrency?: number;
  readonly interruption: Interruption;
  /** @default - hears nothing */
  readonly listener?: RunListener;
  /** The offline providers. @default - none */
  readonly providers?: ProviderSandbox;
  /** How to reach the sandbox's S3 and KMS. @default - states are local files, or in the cloud */
  readonly stateAccess?: StateAccess;
  /**
   * Done once, under the lock and before any stack is touched; what it throws ends the run.
   * @param refused stacks of a destroy that are known by then to be refused. @default - nothing is
   */
  readonly before?: (refused: readonly FleetStack[]) => Promise<void>;
  /** What is done to each stack. @default - the stages of the command */
  readonly work?: StackWork;
  /** Stacks of the run that one waits for, besides those it depends on. @default - none */
  readonly alsoAfter?: (stack: FleetStack) => readonly string[];
  /** What plans are encrypted with, as `TF_ENCRYPTION`. @default - nothing: they do not outlive the run */
  readonly planEncryption?: EngineContext["planEncryption"];
  /** Where states that could not be saved are kept besides, encrypted. @default - in working directories alone */
  readonly unsavedState?: EngineContext["unsavedState"];
  /**
   * Plans what a stack hands over to stacks that go before it as though they had it, which they have when that plan is
   * applied. For the command `plan` alone. @default false: the stack waits
   */
  readonly isHandOverPlanned?: boolean;
  /** For the command `plan` alone. @default - plans take the lock, and refresh */
  readonly planSettings?: PlanSettings;
}

/** What a run does to a stack. */
export type StackWork = (job: StackJob) => Promise<Outcome>;

/** Two stacks fit two cores, and a stack's own resources already run side by side. */
export const DEFAULT_CONCURRENCY = 2;

/**
 * Runs a command over stacks in dependency order. What goes wrong in a stack is in its result, and stops only what
 * depends on it.
 * @throws PavedError PVD2005 while another run that changes something holds the lock
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const { command, workspace, mode = "sandbox" } = options;
  const lock = command === "plan" ? NO_LOCK : takeRunLock(workspace, mode, command);
  try {
    return await runUnderLock(options);
  } finally {
    lock.release();
  }
}

/** {@link run} for whoever holds the lock already. */
export async function runUnderLock(options: RunOptions): Promise<RunResult> {
  const start = performance.now();
  const stacks = await new Run(options).all();
  return { command: options.command, tofu: options.engine.version, stacks, seconds: secondsSince(start) };
}

/** What the engines of a run share, but for how they plan. */
export function engineContextOf({
  workspace,
  mode = "sandbox",
  engine,
  interruption,
  providers,
  stateAccess,
  planEncryption,
  unsavedState,
}: Omit<RunOptions, "command" | "stacks" | "fleet" | "today">): EngineContext {
  return { workspace, mode, engine, interruption, providers, stateAccess, planEncryption, unsavedState };
}

const NO_LOCK: HeldLock = { release: () => {} };

const STAGES: Readonly<Record<RunCommand, StackWork>> = {
  plan: planStack,
  apply: applyStack,
  rehearse: rehearseStack,
  destroy: destroyStack,
};

class Run {
  private readonly context: EngineContext;
  private readonly others: OtherStacks;
  private readonly listener: RunListener;
  private readonly names: ReadonlySet<string>;

  constructor(private readonly options: RunOptions) {
    const planSettings = options.command === "plan" ? options.planSettings : undefined;
    this.context = { ...engineContextOf(options), planSettings };
    this.others = new OtherStacks(this.context, options.fleet.stacks);
    this.listener = options.listener ?? SILENT;
    this.names = new Set(options.stacks.map(({ name }) => name));
  }

  /** Every stack's result, in the order the stacks were given. */
  async all(): Promise<StackResult[]> {
    const { stacks, command, concurrency = DEFAULT_CONCURRENCY } = this.options;
    const { alsoAfter = () => [] } = this.options;
    const dependants = invert(stacks);
    await this.recoverMoving();
    await this.options.before?.(await this.refused());
    const results = await schedule(stacks, {
      after: (stack) =>
        command === "destroy"
          ? (dependants.get(stack.name) ?? [])
          : [...stack.dependsOn, ...takersOf(stack, stacks), ...alsoAfter(stack)],
      concurrency,
      run: (stack) => this.one(stack),
      isSuccess,
      skip: (stack, names) => this.finish(stack, { ...emptyResult(stack), status: "skipped", waitsFor: names }),
    });
    return stacks.map((stack) => results.get(stack.name)!);
  }

  private async one(stack: FleetStack): Promise<StackResult> {
    const start = performance.now();
    const result = await this.attempt(stack);
    this.others.forget(stack.name);
    return this.finish(stack, { ...result, seconds: secondsSince(start) });
  }

  private async attempt(stack: FleetStack): Promise<StackResult> {
    const empty = emptyResult(stack);
    try {
      if (this.context.interruption.requested) throw interrupted(stack.name, "before it began");
      const missing = await this.mayBegin(stack);
      if (missing.length > 0) {
        return { ...empty, status: "waits", waitsFor: missing, findings: [waitsFor(stack, missing)] };
      }
      return { ...empty, ...(await this.stages(stack)) };
    } catch (error) {
      const findings = findingsOf(stack, error);
      const stopped = findings.some(({ code }) => code === "PVD2006");
      return { ...empty, status: stopped ? "interrupted" : "failed", findings };
    }
  }

  /**
   * What moves between stacks is read from the states of both, before it is either one's turn: a run that was killed may
   * have left them unreadable. What goes wrong here goes wrong again when it is the stack's turn, and is told then.
   */
  private async recoverMoving(): Promise<void> {
    const { stacks, command } = this.options;
    if (command === "plan") return;
    for (const stack of stacks) {
      const { forgotten, imported } = stack.records;
      if (forgotten.length === 0 && !imported.some(({ from }) => from !== undefined)) continue;
      const engine = new StackEngine(this.context, stack);
      await engine
        .recover()
        .catch((error: unknown) => findingsOf(stack, error))
        .finally(() => engine.close());
    }
  }

  private async mayBegin(stack: FleetStack): Promise<readonly string[]> {
    const { command, stacks, isHandOverPlanned = false } = this.options;
    const isAhead = command === "plan" && isHandOverPlanned;
    if (command !== "destroy") return this.others.missingFor(stack, isAhead ? takersOf(stack, stacks) : []);
    const standing = await this.others.standingOn(stack, this.names);
    if (standing.length > 0) refuseDestroy(stack, standing);
    const leaving = await this.others.notForgotten(stack);
    return leaving.length > 0 ? refuseLeaving(stack, leaving) : [];
  }

  private async refused(): Promise<readonly FleetStack[]> {
    const { command, stacks } = this.options;
    const refused: FleetStack[] = [];
    for (const stack of command === "destroy" ? stacks : []) {
      const keeps = await this.mayBegin(stack).catch((error: unknown) => findingsOf(stack, error));
      if (keeps.length > 0) refused.push(stack);
    }
    return refused;
  }

  private async stages(stack: FleetStack): Promise<Outcome> {
    const engine = new StackEngine(this.context, stack, await this.others.importsFor(stack));
    try {
      const { command, mode = "sandbox", today, work = STAGES[command] } = this.options;
      return await work({ stack, engine, listener: this.listener, mode, today });
    } finally {
      await engine.close();
    }
  }

  private finish(stack: FleetStack, result: StackResult): StackResult {
    this.listener.finished(stack, result);
    return result;
  }
}

function invert(stacks: readonly FleetStack[]): Map<string, string[]> {
  const dependants = new Map<string, string[]>();
  for (const { name, dependsOn } of stacks) {
    for (const dependency of dependsOn) dependants.set(dependency, [...(dependants.get(dependency) ?? []), name]);
  }
  return dependants;
}

/** What went wrong, as findings; a fault of Paved itself is not one and passes through. */
function findingsOf(stack: FleetStack, error: unknown): readonly Finding[] {
  if (error instanceof PavedError) return error.findings;
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  const want = "working files that can be written and programs that can be started";
  const fix =
    code === "ENOSPC" ? "free some disk space, then run the command again" : "paved doctor says what is missing";
  return [{ code: "PVD1023", where: stack.name, got: message, want, fix }];
}
