import { existsSync, readdirSync } from "node:fs";
import { type Finding, Findings, PavedError } from "@paved/model";
import type { Engine } from "../engine/find";
import { heldBy } from "../impact/stateful";
import { withAccess } from "../sandbox/access";
import type { Interruption } from "../tofu/interruption";
import { type EngineContext, StackEngine } from "../tofu/stack-engine";
import { type ManagedObject, readStateFile } from "../tofu/state-file";
import type { FleetStack } from "../workspace/fleet";
import type { Mode, Workspace } from "../workspace/workspace";
import { wayOut } from "./ways-out";

/** What {@link whatLives} looks at, and with what. */
export interface LivesOptions {
  readonly workspace: Workspace;
  readonly mode: Mode;
  readonly engine: Engine;
  readonly interruption: Interruption;
  readonly environment: string;
  /** The stacks of the environment. */
  readonly stacks: readonly FleetStack[];
  /** Told what goes on before the first state is read. @default - nobody is */
  readonly progress?: (line: string) => void;
}

/** An object that a state of the environment has. */
export interface LivingObject extends Pick<ManagedObject, "address" | "type" | "id"> {
  readonly stack: string;
  /** What would be lost with it, in words. @default - it can be made again as it was */
  readonly holds?: string;
}

/**
 * What lives in an environment: every object in the states of its stacks, and where states are files, in those of stacks that
 * are not in the fleet any more.
 * @throws PavedError what keeps a state from being read, of all states at once; PVD6002 for each that an apply on this machine
 * could not save, since there may be objects that only that one knows
 */
export async function whatLives(options: LivesOptions): Promise<readonly LivingObject[]> {
  const { workspace, mode, engine, interruption, stacks } = options;
  return withAccess({ workspace, mode, stacks, progress: options.progress }, async (access) => {
    const findings = new Findings();
    for (const finding of unsavedFindings(options)) findings.add(finding);
    const living: LivingObject[] = [];
    for (const stack of stacks) {
      const context: EngineContext = { workspace, mode, engine, interruption, ...access };
      const managed = await managedIn(new StackEngine(context, stack)).catch(noted(findings));
      living.push(...managed.map((each) => livingIn(stack.name, each)));
    }
    for (const name of leftStates(options)) {
      const managed = findings.collect(() => readStateFile(workspace.state(name)).managed) ?? [];
      living.push(...managed.map((each) => livingIn(name, each)));
    }
    findings.throwIfAny();
    return living;
  });
}

async function managedIn(engine: StackEngine): Promise<readonly ManagedObject[]> {
  try {
    return (await engine.state()).managed;
  } finally {
    await engine.close();
  }
}

function noted(findings: Findings): (error: unknown) => readonly ManagedObject[] {
  return (error) => {
    if (!(error instanceof PavedError)) throw error;
    for (const finding of error.findings) findings.add(finding);
    return [];
  };
}

/** PVD6002 for each stack of the environment, in the fleet or not, of which an apply left a state here. */
function unsavedFindings({ workspace, mode, environment }: LivesOptions): readonly Finding[] {
  return workspace
    .workedOn(mode)
    .filter((stack) => stack.startsWith(`${environment}-`) && existsSync(workspace.unsavedState(mode, stack)))
    .map((stack) => ({
      code: "PVD6002",
      where: stack,
      got: `${workspace.unsavedState(mode, stack)}, which an apply left: what it made may be in no other state`,
      want: "it saved before anybody says that nothing lives",
      fix: "apply or destroy the stack, which saves it first; what another apply has saved since wins, if you remove the file",
    }));
}

/** Stacks that left a file, and that the fleet does not know: a service that was taken out and never destroyed. */
function leftStates({ workspace, mode, environment, stacks }: LivesOptions): readonly string[] {
  if (mode === "live" || workspace.stateStore !== "file" || !existsSync(workspace.states)) return [];
  const known = new Set(stacks.map(({ name }) => name));
  return readdirSync(workspace.states)
    .filter((file) => file.startsWith(`${environment}-`) && file.endsWith(".tfstate"))
    .map((file) => file.slice(0, -".tfstate".length))
    .filter((name) => !known.has(name))
    .toSorted();
}

function livingIn(stack: string, { address, type, id }: ManagedObject): LivingObject {
  const holds = heldBy(address);
  return { stack, address, type, id, ...(holds === undefined ? {} : { holds }) };
}

/**
 * PVD2202 for each object that holds what nothing can make again, with a way to get it out, and one for all others: in the
 * order in which they would be destroyed, services before what they stand on.
 * @param destroy the command that destroys what is left
 */
export function livingFindings(
  living: readonly LivingObject[],
  { environment, destroy }: { readonly environment: string; readonly destroy: string },
): readonly Finding[] {
  const others = living.filter(({ holds }) => holds === undefined);
  const stateful = living.toReversed().flatMap(({ stack, address, type, id, holds }): Finding[] => {
    if (holds === undefined) return [];
    const got = `${type} ${id}, which holds ${holds}`;
    const want = "nothing that would be lost with the environment";
    return [{ code: "PVD2202", where: `${stack} ${address}`, got, want, fix: `${wayOut(type)}; then ${destroy}` }];
  });
  if (others.length === 0) return stateful;
  const got = `${others.length} ${others.length === 1 ? "object" : "objects"} that can be made again`;
  const want = "nothing that nobody would know of any more, and that is billed";
  return [...stateful, { code: "PVD2202", where: environment, got, want, fix: destroy }];
}
