import type { StackEntry } from "@paved/model";
import { importIdOf } from "./import-id";
import type { ManagedObject } from "../tofu/state-file";

/** One object that a plan takes into the state as it stands. */
export interface Import {
  /** Address that it gets. */
  readonly address: string;
  /** What the provider knows it by. */
  readonly id: string;
}

/** What the state of a stack holds. */
export type StateReader = (stack: string) => Promise<readonly ManagedObject[]>;

/**
 * What a stack has to import of other stacks' states: what it takes over, has not yet and they still have. Where neither
 * has it, as in an environment that is new, it is made.
 */
export async function takenOver({ name, records }: StackEntry, stateOf: StateReader): Promise<readonly Import[]> {
  const imports: Import[] = [];
  for (const { address, from } of records.imported) {
    if (from === undefined || find(await stateOf(name), address) !== undefined) continue;
    const object = find(await stateOf(from.stack), from.address);
    const id = object && importIdOf(object);
    if (id !== undefined) imports.push({ address, id });
  }
  return imports;
}

/** Stacks that have not yet taken over what this one has and hands over to them: until they have it, it must not forget. */
export async function notTakenYet(
  giver: StackEntry,
  taker: (name: string) => StackEntry | undefined,
  stateOf: StateReader,
): Promise<readonly string[]> {
  const waiting = new Set<string>();
  for (const { address, to } of giver.records.forgotten) {
    if (to === undefined || find(await stateOf(giver.name), address) === undefined) continue;
    const taking = taker(to)?.records.imported.find(
      ({ from }) => from?.stack === giver.name && from.address === address,
    );
    if (taking === undefined || find(await stateOf(to), taking.address) === undefined) waiting.add(to);
  }
  return [...waiting];
}

/** Names of the stacks that take over something of this one: they go first, unless they stand on it. */
export function takersOf(giver: StackEntry, stacks: readonly StackEntry[]): readonly string[] {
  const takers = new Set(giver.records.forgotten.flatMap(({ to }) => to ?? []));
  if (takers.size === 0) return [];
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const standsOnGiver = (name: string): boolean =>
    byName.get(name)?.dependsOn.some((each) => each === giver.name || standsOnGiver(each)) ?? false;
  return [...takers].filter((name) => !standsOnGiver(name));
}

function find(objects: readonly ManagedObject[], address: string): ManagedObject | undefined {
  return objects.find((object) => object.address === address);
}
