import { type Finding, PavedError, type StackEntry } from "@paved/model";
import { type Import, notTakenYet, type StateReader, takenOver } from "../imports/taken-over";
import { type EngineContext, StackEngine } from "../tofu/stack-engine";
import type { ManagedObject } from "../tofu/state-file";
import type { FleetStack } from "../workspace/fleet";

/** Knows what other stacks have, from their states; each state is read once until its stack is changed. */
export class OtherStacks {
  private readonly states = new Map<string, Promise<readonly ManagedObject[]>>();
  private readonly byName: ReadonlyMap<string, FleetStack>;

  constructor(
    private readonly context: EngineContext,
    stacks: readonly FleetStack[],
  ) {
    this.byName = new Map(stacks.map((stack) => [stack.name, stack]));
  }

  /**
   * What the stack depends on and has no applied resource, and who has yet to take over what it hands over.
   * @param before stacks that will have taken over by then
   */
  async missingFor(stack: StackEntry, before: readonly string[] = []): Promise<readonly string[]> {
    const missing: string[] = [];
    for (const name of stack.dependsOn) if (!(await this.isApplied(name))) missing.push(name);
    const waiting = await notTakenYet(stack, (name) => this.byName.get(name), this.managedIn);
    return [...missing, ...waiting.filter((name) => !before.includes(name))];
  }

  /** What the stack takes over from the states of others. */
  importsFor(stack: StackEntry): Promise<readonly Import[]> {
    return takenOver(stack, this.managedIn);
  }

  /** Stacks outside the run that still stand on `stack`. */
  async standingOn(stack: StackEntry, inRun: ReadonlySet<string>): Promise<string[]> {
    const standing: string[] = [];
    for (const other of this.byName.values()) {
      if (inRun.has(other.name) || !other.dependsOn.includes(stack.name)) continue;
      if (await this.isApplied(other.name)) standing.push(other.name);
    }
    return standing;
  }

  /** What the stack's state still has and is to forget: a destroy would take it along, whatever the root says. */
  async notForgotten({ name, records }: StackEntry): Promise<readonly string[]> {
    if (records.forgotten.length === 0) return [];
    const had = new Set((await this.managedIn(name)).map(({ address }) => address));
    return records.forgotten.map(({ address }) => address).filter((address) => had.has(address));
  }

  /** Forgets what was known about a stack that was just changed. */
  forget(name: string): void {
    this.states.delete(name);
  }

  private async isApplied(name: string): Promise<boolean> {
    return (await this.managedIn(name)).length > 0;
  }

  private readonly managedIn: StateReader = (name) => {
    const known = this.states.get(name) ?? this.look(name);
    this.states.set(name, known);
    return known;
  };

  private async look(name: string): Promise<readonly ManagedObject[]> {
    const stack = this.byName.get(name);
    if (stack === undefined) return [];
    const engine = new StackEngine(this.context, stack);
    try {
      return (await engine.state()).managed;
    } finally {
      await engine.close();
    }
  }
}

/** A stack that cannot go on before others were applied, or have taken over what it hands over. */
export function waitsFor(stack: StackEntry, missing: readonly string[]): Finding {
  const [first] = missing;
  const fix = `run paved apply --env ${stack.environment}`;
  if (missing.every((name) => !stack.dependsOn.includes(name))) {
    const got = `what it hands over not yet taken over by ${missing.join(", ")}`;
    return {
      code: "PVD2007",
      where: stack.name,
      got,
      want: `that in the state of ${first} before it is forgotten`,
      fix,
    };
  }
  const consumed = stack.consumes.filter(({ from }) => missing.includes(from)).map(({ contract }) => contract);
  return {
    code: "PVD2007",
    where: stack.name,
    got: `${missing.join(", ")} not applied yet`,
    want: consumed.length === 0 ? `${first} applied` : `what ${first} publishes: ${consumed.join(", ")}`,
    fix,
  };
}

/** A stack whose state has what is to stay. @throws PavedError PVD2007 */
export function refuseLeaving({ name, environment, service }: StackEntry, leaving: readonly string[]): never {
  throw new PavedError({
    code: "PVD2007",
    where: name,
    got: `a destroy while its state still has ${leaving.join(", ")}, which is to be forgotten`,
    want: "that forgotten first: OpenTofu would destroy it with the rest",
    fix: `run paved apply --env ${environment}${service === undefined ? "" : ` --service ${service}`} first`,
  });
}

/** A stack that others still stand on. @throws PavedError PVD2007 */
export function refuseDestroy(stack: StackEntry, standing: readonly string[]): never {
  throw new PavedError({
    code: "PVD2007",
    where: stack.name,
    got: `a destroy while ${standing.join(", ")} still ${standing.length === 1 ? "depends" : "depend"} on it`,
    want: "nothing applied that depends on it",
    fix: `destroy ${standing.join(", ")} too`,
  });
}
