import { type Finding, PavedError, type StackEntry } from "@paved/model";
import { type EngineContext, StackEngine } from "../tofu/stack-engine";
import type { FleetStack } from "../workspace/fleet";

/** Knows which stacks were ever applied, from their state; each is looked at once in a run. */
export class AppliedStacks {
  private readonly known = new Map<string, Promise<boolean>>();
  private readonly byName: ReadonlyMap<string, FleetStack>;

  constructor(
    private readonly context: EngineContext,
    stacks: readonly FleetStack[],
  ) {
    this.byName = new Map(stacks.map((stack) => [stack.name, stack]));
  }

  /** What the stack depends on and has no applied resource. */
  async missingFor(stack: StackEntry): Promise<string[]> {
    const missing: string[] = [];
    for (const name of stack.dependsOn) if (!(await this.isApplied(name))) missing.push(name);
    return missing;
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

  /** Forgets what was known about a stack that was just changed. */
  forget(name: string): void {
    this.known.delete(name);
  }

  private isApplied(name: string): Promise<boolean> {
    const known = this.known.get(name) ?? this.look(name);
    this.known.set(name, known);
    return known;
  }

  private async look(name: string): Promise<boolean> {
    const stack = this.byName.get(name);
    if (stack === undefined) return false;
    const engine = new StackEngine(this.context, stack);
    try {
      return (await engine.state()).managed.length > 0;
    } finally {
      await engine.close();
    }
  }
}

/** A stack that cannot go on before others were applied. */
export function waitsFor(stack: StackEntry, missing: readonly string[]): Finding {
  const [first] = missing;
  const consumed = stack.consumes.filter(({ from }) => missing.includes(from)).map(({ contract }) => contract);
  return {
    code: "PVD2007",
    where: stack.name,
    got: `${missing.join(", ")} not applied yet`,
    want: consumed.length === 0 ? `${first} applied` : `what ${first} publishes: ${consumed.join(", ")}`,
    fix: `run paved apply --env ${stack.environment}`,
  };
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
