import type { ComparedStack, ElementOrigin } from "@paved/model";
import type { SynthesizedFleet } from "../revision/synthesized";
import { type AttributeDifference, attributeDifferences } from "./attributes";
import { type Attributes, readRoot, type RootDocument } from "./root-document";

/** How something is not as it was. `moved` is the same thing at another address, `imported` stood elsewhere or by itself. */
export type Change = "added" | "removed" | "changed" | "moved" | "forgotten" | "imported";

/** A resource or data source that is not as it was. */
export interface ElementDifference {
  readonly address: string;
  readonly change: Change;
  /** Address it had. @default - the same */
  readonly from?: string;
  readonly attributes: readonly AttributeDifference[];
  /** Everything that it is set to, before and after. @default - it was not, or is not, there */
  readonly before?: Attributes;
  readonly after?: Attributes;
  /** Where it comes from: after, or before when it is gone. */
  readonly origin?: ElementOrigin;
}

/** A stack's root, or the manifests that go with its service, are not as they were. */
export interface StackDifference {
  readonly stack: ComparedStack;
  readonly change: "added" | "removed" | "changed";
  readonly elements: readonly ElementDifference[];
  /** Providers, backend, outputs: paths of what differs. */
  readonly settings: readonly string[];
}

const NOTHING: RootDocument = { resources: new Map(), dataSources: new Map(), settings: new Map() };

/** What differs in the OpenTofu roots of two synths: stacks that are the same in both are left out. Sorted by name. */
export function stackDifferences(before: SynthesizedFleet, after: SynthesizedFleet): readonly StackDifference[] {
  const [olds, news] = [byName(before), byName(after)];
  const names = [...new Set([...olds.keys(), ...news.keys()])].toSorted();
  return names.flatMap((name) => {
    const [old, now] = [olds.get(name), news.get(name)];
    const stack = now ?? old;
    if (stack === undefined) return [];
    const [was, is] = [rootOf(before, old), rootOf(after, now)];
    const elements = elementDifferences(was, is, { old, now });
    const settings = settingDifferences(was, is);
    if (old !== undefined && now !== undefined && elements.length === 0 && settings.length === 0) return [];
    const change = old === undefined ? "added" : now === undefined ? "removed" : "changed";
    return [{ stack, change, elements, settings }];
  });
}

function byName({ index }: SynthesizedFleet): ReadonlyMap<string, ComparedStack> {
  return new Map(index.stacks.map((stack) => [stack.name, stack]));
}

function rootOf({ files }: SynthesizedFleet, stack: ComparedStack | undefined): RootDocument {
  return stack === undefined ? NOTHING : readRoot(files[`${stack.directory}/cdk.tf.json`] ?? "{}");
}

interface Entries {
  readonly old: ComparedStack | undefined;
  readonly now: ComparedStack | undefined;
}

function elementDifferences(was: RootDocument, is: RootDocument, entries: Entries): readonly ElementDifference[] {
  const records = entries.now?.records;
  return [
    ...compared(was.resources, is.resources, movesOf(was, is, records?.moved ?? []), entries),
    ...compared(was.dataSources, is.dataSources, new Map(), entries),
  ];
}

/** Where each address was before, for those that a record says of that they moved; a chain of records is followed. */
function movesOf(
  was: RootDocument,
  is: RootDocument,
  records: readonly { readonly from: string; readonly to: string }[],
): ReadonlyMap<string, string> {
  const next = new Map(records.map(({ from, to }) => [from, to]));
  const moves = new Map<string, string>();
  for (const from of was.resources.keys()) {
    if (is.resources.has(from)) continue;
    let to: string | undefined = from;
    for (let step = 0; to !== undefined && step <= records.length && !is.resources.has(to); step += 1)
      to = next.get(to);
    if (to !== undefined && is.resources.has(to) && !was.resources.has(to)) moves.set(to, from);
  }
  return moves;
}

function compared(
  was: ReadonlyMap<string, Attributes>,
  is: ReadonlyMap<string, Attributes>,
  moves: ReadonlyMap<string, string>,
  { old, now }: Entries,
): readonly ElementDifference[] {
  const left = new Set(moves.values());
  const forgotten = new Set(now?.records.forgotten.map((record) => record.address));
  const imported = new Set(now?.records.imported.map((record) => record.address));
  const there = [...is].flatMap(([address, after]): ElementDifference[] => {
    const from = moves.get(address);
    const before = was.get(from ?? address);
    const origin = now?.elements[address];
    if (before === undefined) {
      const change = imported.has(address) ? "imported" : "added";
      return [{ address, change, attributes: [], after, origin }];
    }
    const attributes = attributeDifferences(before, after);
    if (from !== undefined) return [{ address, change: "moved", from, attributes, before, after, origin }];
    return attributes.length === 0 ? [] : [{ address, change: "changed", attributes, before, after, origin }];
  });
  const gone = [...was].flatMap(([address, before]): ElementDifference[] => {
    if (is.has(address) || left.has(address)) return [];
    const change = forgotten.has(address) ? "forgotten" : "removed";
    return [{ address, change, attributes: [], before, origin: old?.elements[address] }];
  });
  return [...there, ...gone].toSorted((a, b) => (a.address < b.address ? -1 : 1));
}

function settingDifferences(was: RootDocument, is: RootDocument): readonly string[] {
  const names = [...new Set([...was.settings.keys(), ...is.settings.keys()])].toSorted();
  return names.flatMap((name) =>
    attributeDifferences(was.settings.get(name), is.settings.get(name), name).map(({ path }) => path),
  );
}
