import { type Finding, PavedError } from "@paved/model";
import type { AttributeDifference } from "../difference/attributes";
import type { Engine } from "../engine/find";
import { heldBy } from "../impact/stateful";
import { type RunListener, SILENT } from "../run/listener";
import { secondsSince } from "../run/result";
import { DEFAULT_CONCURRENCY } from "../run/run";
import { schedule } from "../run/schedule";
import { withAccess } from "../sandbox/access";
import type { Interruption } from "../tofu/interruption";
import type { PlanSettings } from "../tofu/plan-settings";
import { type EngineContext, StackEngine } from "../tofu/stack-engine";
import type { FleetStack } from "../workspace/fleet";
import type { Mode, Workspace } from "../workspace/workspace";
import { readDrift } from "./read-drift";

/** What {@link findDrift} looks at, and with what. */
export interface DriftOptions {
  readonly workspace: Workspace;
  /** @default sandbox */
  readonly mode?: Mode;
  readonly engine: Engine;
  readonly stacks: readonly FleetStack[];
  readonly interruption: Interruption;
  /** Stacks at once. @default 2 */
  readonly concurrency?: number;
  /** Hears the stages. @default - hears nothing */
  readonly listener?: RunListener;
  /** Told what goes on before the first stack is looked at. @default - nobody is */
  readonly progress?: (line: string) => void;
  /** @default - takes each state's lock while it is read */
  readonly planSettings?: Pick<PlanSettings, "lock">;
}

/** A resource that is no longer as it was applied. */
export interface DriftedResource {
  readonly address: string;
  /** `gone` when somebody deleted it. */
  readonly change: "changed" | "gone";
  /** What differs: `before` as it was applied, `after` as it is. Values that may be secrets are masked. */
  readonly attributes: readonly AttributeDifference[];
  /** What was lost with it. @default - it is there, or held nothing */
  readonly lost?: string;
  /** The user's file and line, or the construct's path. @default - not known */
  readonly source?: string;
}

/** One stack, held against what there is. */
export interface StackDrift {
  readonly name: string;
  readonly environment: string;
  /** @default - a platform stack */
  readonly service?: string;
  readonly owner: string;
  /** `unapplied` when there is nothing in its state to have drifted, `unknown` when it could not be looked at. */
  readonly status: "as applied" | "drifted" | "unapplied" | "unknown";
  readonly resources: readonly DriftedResource[];
  readonly findings: readonly Finding[];
}

/** What every stack came to. */
export interface Drift {
  readonly stacks: readonly StackDrift[];
  /** Version of the engine. */
  readonly tofu: string;
  readonly seconds: number;
}

/**
 * Holds what was applied against what there is, stack by stack, with the real engine: it reads every resource and plans
 * nothing but to take note (`plan -refresh-only`). Neither the cloud nor a state is changed. A stack that cannot be looked
 * at says why, and the others are looked at all the same.
 */
export async function findDrift(options: DriftOptions): Promise<Drift> {
  const { workspace, mode = "sandbox", engine, interruption, stacks, listener = SILENT } = options;
  const start = performance.now();
  return withAccess({ workspace, mode, stacks, progress: options.progress }, async (access) => {
    const context: EngineContext = {
      workspace,
      mode,
      engine,
      interruption,
      planSettings: options.planSettings,
      ...access,
    };
    const results = await schedule(stacks, {
      after: () => [],
      concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
      run: (stack) => lookAt(context, stack, listener),
      isSuccess: () => true,
      skip: (stack) => unknown(stack, []),
    });
    return {
      stacks: stacks.map((stack) => results.get(stack.name) ?? unknown(stack, [])),
      tofu: engine.version,
      seconds: secondsSince(start),
    };
  });
}

async function lookAt(context: EngineContext, stack: FleetStack, listener: RunListener): Promise<StackDrift> {
  const engine = new StackEngine(context, stack);
  try {
    listener.stage(stack, "init");
    await engine.init();
    if ((await engine.state()).managed.length === 0) return result(stack, "unapplied", []);
    listener.stage(stack, "plan");
    await engine.plan({ refreshOnly: true });
    const resources = readDrift(await engine.document()).map((each): DriftedResource => {
      const origin = stack.elements[each.address];
      const source = origin?.source ?? origin?.path;
      const lost = each.change === "gone" ? heldBy(each.address) : undefined;
      return { ...each, ...(lost === undefined ? {} : { lost }), ...(source === undefined ? {} : { source }) };
    });
    return result(stack, resources.length === 0 ? "as applied" : "drifted", resources);
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    return unknown(stack, error.findings);
  } finally {
    await engine.close();
  }
}

function result(
  { name, environment, service, owner }: FleetStack,
  status: StackDrift["status"],
  resources: readonly DriftedResource[],
): StackDrift {
  return { name, environment, service, owner, status, resources, findings: [] };
}

function unknown(stack: FleetStack, findings: readonly Finding[]): StackDrift {
  return { ...result(stack, "unknown", []), findings };
}
