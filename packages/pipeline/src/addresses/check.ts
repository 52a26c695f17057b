import type { Finding, FleetIndex, StackEntry } from "@paved/model";
import type { Workspace } from "../workspace/workspace";
import { compareAddresses, managedAddresses, type StackComparison, vanishedFinding } from "./compare";
import { recordFileOf, writeRecordFile } from "../workspace/record-files";
import { type AddressLock, formatLock, readLock, readLockAt } from "./lock-file";
import { proposal, retirement } from "./propose";
import { removedEnvironments } from "./removed-environments";
import { destroyFindings } from "../losses/retired";

/** What a check of addresses found. */
export interface AddressCheck {
  /** Resources in the fleet. */
  readonly addresses: number;
  /** Stacks whose addresses are not as they are locked. */
  readonly changed: readonly StackComparison[];
  /**
   * PVD2010 where addresses are gone without a record, PVD5016 where data is gone with a record that has no end, PVD2011
   * where the lock of another stack is not as it is written.
   */
  readonly findings: readonly Finding[];
  /** Lock files that were written. */
  readonly written: readonly string[];
  /** Whether addresses, or data, are gone without a record, so that nothing is written however asked. */
  readonly isRefused: boolean;
}

/** How addresses are checked. */
export interface AddressCheckOptions {
  /** Revision of Git whose lock nothing may vanish from. @default - the lock in the workspace */
  readonly base?: string;
  /** Day that consent to destroying data is judged by, as `YYYY-MM-DD`. @default - it is not judged */
  readonly today?: string;
  /** Writes the lock files that are out of date, if nothing vanished without a record. @default false */
  readonly write?: boolean;
}

/**
 * Holds the addresses of the last synth against the lock: an address that is gone needs a record of what became of it.
 * @throws PavedError PVD4003 for a base that Git does not know
 */
export function checkAddresses(
  workspace: Workspace,
  index: FleetIndex,
  options: AddressCheckOptions = {},
): AddressCheck {
  const here = readLock(workspace);
  const before = options.base === undefined ? here : readLockAt(workspace, options.base);
  // What a change is held against may live in the cloud, whatever a sandbox has.
  const inCloud = options.base === undefined ? undefined : "cloud";
  const stacks = withVanished(index, removedEnvironments(workspace, inCloud), before, here);
  const finding = vanishedIn(index);
  const { today } = options;
  const compared = stacks.map((stack) => ({
    stack,
    comparison: compareAddresses(before.get(stack.name)?.addresses ?? [], stack),
  }));
  const vanished = [
    ...compared
      .filter(({ comparison }) => comparison.vanished.length > 0)
      .map(({ stack, comparison }) => finding(stack, comparison)),
    ...(today === undefined ? [] : compared.flatMap((each) => destroyFindings(each, index, today))),
  ];
  const changed = stacks
    .map((stack) => ({ stack, comparison: compareAddresses(here.get(stack.name)?.addresses ?? [], stack) }))
    .filter(({ stack }) => !isAsLocked(here, stack));
  const isRefused = vanished.length > 0;
  const refused = new Set(vanished.map(({ where }) => where.split(" ")[0]));
  const write = options.write === true && !isRefused;
  const files = changed.map(({ stack }) => recordFileOf(stack, "addresses"));
  if (write) {
    for (const { stack } of changed)
      writeRecordFile(workspace, recordFileOf(stack, "addresses"), formatLock(managedAddresses(stack)));
  }
  return {
    addresses: index.stacks.reduce((sum, stack) => sum + managedAddresses(stack).length, 0),
    changed: changed.map(({ comparison }) => comparison),
    findings: [
      ...vanished,
      ...changed
        .filter(({ stack }) => !write && !refused.has(stack.name))
        .map(({ stack, comparison }) => outdated(stack, comparison, here.get(stack.name)?.strange)),
    ],
    written: write ? files : [],
    isRefused,
  };
}

/**
 * A stack that is not there any more still has to say what became of what it had, unless nothing lived in its whole
 * environment when that was removed.
 */
function withVanished(
  { stacks, environments }: FleetIndex,
  removed: ReadonlySet<string>,
  ...locks: readonly AddressLock[]
): readonly StackEntry[] {
  const known = new Set(stacks.map(({ name }) => name));
  const standing = new Set(environments.map(({ name }) => name));
  const gone = [...new Set(locks.flatMap((lock) => [...lock.keys()]))]
    .filter((name) => !known.has(name))
    .toSorted()
    .map(emptyStack)
    .filter(({ environment }) => standing.has(environment) || !removed.has(environment));
  return [...stacks, ...gone];
}

function emptyStack(name: string): StackEntry {
  const environment = name.slice(0, name.indexOf("-"));
  return {
    name,
    environment,
    kind: "service",
    owner: "",
    directory: "",
    dependsOn: [],
    publishes: [],
    consumes: [],
    notes: [],
    deviations: [],
    records: { moved: [], retired: [], forgotten: [], imported: [] },
    elements: {},
  };
}

/** A service that says that it is retired has its key forgotten; no record is written where keys are made. */
const KEYS_GO_WITH_THEIR_STACKS =
  "restore the service whose state the key is for, and have it say retire(service, …): then its key is forgotten";

/** PVD2010, with the file where the record is to be written. */
function vanishedIn(index: FleetIndex): (stack: StackEntry, comparison: StackComparison) => Finding {
  const sources = new Map(index.services.map(({ name, source }) => [name, source]));
  const known = new Set(index.stacks.map(({ name }) => name));
  const platform = new Set(index.stacks.filter(({ kind }) => kind !== "service").map(shortNameOf));
  return (stack, comparison) => {
    const short = shortNameOf(stack);
    const ofPlatform = stack.kind !== "service" || platform.has(short);
    const source = ofPlatform ? "stacks/src" : (sources.get(short) ?? `stacks/services/${short}.ts`);
    const where = ofPlatform ? "the stack" : source;
    const restore = `restore ${where} with ${retirement(ofPlatform ? "this" : "service", "", comparison.vanished)} as all it does`;
    const record = known.has(stack.name) ? proposal(comparison, managedAddresses(stack)) : restore;
    return vanishedFinding(comparison, source, stack.kind === "state" ? KEYS_GO_WITH_THEIR_STACKS : record);
  };
}

function shortNameOf({ name, environment }: Pick<StackEntry, "name" | "environment">): string {
  return name.slice(environment.length + 1);
}

function isAsLocked(lock: AddressLock, stack: StackEntry): boolean {
  const { addresses: locked, strange } = lock.get(stack.name) ?? { addresses: [] };
  const addresses = managedAddresses(stack);
  const isSame = locked.length === addresses.length && addresses.every((address, index) => address === locked[index]);
  return isSame && strange === undefined;
}

function outdated(stack: StackEntry, { added, explained, vanished }: StackComparison, strange?: string): Finding {
  const gone = explained.length + vanished.length;
  const count = `${added.length} new and with ${gone} former ${added.length + gone === 1 ? "address" : "addresses"}`;
  return {
    code: "PVD2011",
    where: recordFileOf(stack, "addresses"),
    got: strange === undefined ? `a lock without ${count}` : `a lock with ${strange}`,
    want: "every address the stack has, sorted, a line each",
    fix: "run paved check --write, and commit the file",
  };
}
