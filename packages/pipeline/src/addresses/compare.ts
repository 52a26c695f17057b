import type { Finding, StackEntry } from "@paved/model";

/** Addresses of one stack as they are locked and as they are synthesized. */
export interface StackComparison {
  readonly stack: string;
  readonly added: readonly string[];
  /** Gone, with a record that says what became of them. */
  readonly explained: readonly string[];
  /** Gone without a record: PVD2010. */
  readonly vanished: readonly string[];
}

/** What a stack has and says, as far as addresses go. */
export type AddressedStack = Pick<StackEntry, "name" | "elements" | "records">;

/** Addresses of the resources a stack manages, sorted. Data sources have no state to lose. */
export function managedAddresses(stack: Pick<StackEntry, "elements">): readonly string[] {
  return Object.keys(stack.elements)
    .filter((address) => !address.startsWith("data."))
    .toSorted();
}

/** Compares what was locked with what is there. Pure. */
export function compareAddresses(locked: readonly string[], stack: AddressedStack): StackComparison {
  const present = new Set(managedAddresses(stack));
  const before = new Set(locked);
  const gone = locked.filter((address) => !present.has(address));
  const explained = gone.filter((address) => isExplained(address, stack, before));
  return {
    stack: stack.name,
    added: [...present].filter((address) => !before.has(address)),
    explained,
    vanished: gone.filter((address) => !explained.includes(address)),
  };
}

function isExplained(address: string, { records }: AddressedStack, locked: ReadonlySet<string>): boolean {
  return (
    isMoved(address, records.moved, locked) ||
    records.forgotten.some((record) => record.address === address) ||
    retirementsOf(address, records).length > 0
  );
}

/** The records that say of an address that it is gone on purpose. */
export function retirementsOf(
  address: string,
  { retired }: Pick<StackEntry["records"], "retired">,
): StackEntry["records"]["retired"] {
  const name = address.slice(address.indexOf(".") + 1);
  return retired.filter(({ path }) => path === "" || isBelow(name, path));
}

/** Where something stands on the way, OpenTofu cannot move it there, and destroys it instead. */
function isMoved(
  address: string,
  moved: StackEntry["records"]["moved"],
  locked: ReadonlySet<string>,
  seen: ReadonlySet<string> = new Set([address]),
): boolean {
  const next = moved.find(({ from }) => from === address)?.to;
  if (next === undefined) return seen.size > 1;
  if (locked.has(next) || seen.has(next)) return false;
  return isMoved(next, moved, locked, new Set([...seen, next]));
}

function isBelow(name: string, path: string): boolean {
  const prefix = path.replaceAll("/", "_");
  return name === prefix || name.startsWith(`${prefix}_`);
}

/**
 * PVD2010 for a stack that lost addresses without a record.
 * @param source the file in which the record is to be written
 * @param fix the record that would fit
 */
export function vanishedFinding({ stack, vanished }: StackComparison, source: string, fix: string): Finding {
  const [first, ...others] = vanished;
  return {
    code: "PVD2010",
    where: stack,
    source,
    got: `no ${first}${others.length > 0 ? ` and ${others.length} others that were there` : ", which was there"}`,
    want: "a record of what became of it: the next apply would destroy it",
    fix,
  };
}
