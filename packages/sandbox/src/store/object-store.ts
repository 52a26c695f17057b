import { familyOf } from "./family";
import { Journal } from "./journal";

/** A value as the store keeps it. */
export type StoredAttributes = { readonly [attribute: string]: unknown };

/** An object that was applied. */
export interface StoredObject {
  /** The stack that applied it last. */
  readonly stack: string;
  /** The resource type. */
  readonly type: string;
  /** The id that OpenTofu's state knows it by. */
  readonly id: string;
  readonly attributes: StoredAttributes;
}

/** An object together with where it exists: an account and region, or a cluster. */
export interface PlacedObject extends StoredObject {
  readonly scope: string;
}

type Entry =
  | { readonly op: "put"; readonly object: PlacedObject }
  | { readonly op: "remove"; readonly scope: string; readonly type: string; readonly id: string }
  | { readonly op: "count"; readonly seed: string; readonly count: number }
  | { readonly op: "reset" };

/** Journals longer than this many times their content are compacted when opened. */
const SLACK = 4;
const SHORT_JOURNAL = 256;

/** The objects that exist in the sandbox, shared by all processes that open the same directory. */
export class ObjectStore {
  private readonly objects = new Map<string, PlacedObject>();
  private readonly counts = new Map<string, number>();
  private readonly journal: Journal;
  private pending: Entry[] | undefined;

  /** @throws PavedError PVD3001 when the directory or what is in it cannot be read */
  constructor(directory: string) {
    this.journal = new Journal(directory, { restart: () => this.forget(), entry: (entry) => this.take(entry) });
    this.journal.refresh();
    const needed = this.objects.size + this.counts.size;
    if (this.journal.length > SHORT_JOURNAL && this.journal.length > needed * SLACK)
      this.journal.compact(() => this.entries());
  }

  /** Every object, as of now. */
  all(): readonly PlacedObject[] {
    if (this.pending === undefined) this.journal.refresh();
    return [...this.objects.values()];
  }

  /** The object of a scope, type and id. */
  find(scope: string, type: string, id: string): PlacedObject | undefined {
    if (this.pending === undefined) this.journal.refresh();
    return this.objects.get(keyOf({ scope, type, id }));
  }

  /** Runs changes that no other process can come between; when `work` throws, none of them happens. */
  change<T>(work: () => T): T {
    return this.journal.append(() => {
      this.pending = [];
      const before = { objects: new Map(this.objects), counts: new Map(this.counts) };
      try {
        const result = work();
        return { entries: this.pending, result };
      } catch (error) {
        restore(this.objects, before.objects);
        restore(this.counts, before.counts);
        throw error;
      } finally {
        this.pending = undefined;
      }
    });
  }

  /** Adds or replaces an object; only within {@link change}. */
  put(object: PlacedObject): void {
    this.record({ op: "put", object: JSON.parse(JSON.stringify(object)) as PlacedObject });
  }

  /** Removes an object; only within {@link change}. */
  remove({ scope, type, id }: { readonly scope: string; readonly type: string; readonly id: string }): void {
    this.record({ op: "remove", scope, type, id });
  }

  /** How often the seed was asked for before, so that a thing made again gets another id; only within {@link change}. */
  nextCount(seed: string): number {
    const count = this.counts.get(seed) ?? 0;
    this.record({ op: "count", seed, count: count + 1 });
    return count;
  }

  /** Forgets everything; only within {@link change}. */
  clear(): void {
    this.record({ op: "reset" });
  }

  private record(entry: Entry): void {
    if (this.pending === undefined) throw new Error("the store changes only within change()");
    this.pending.push(entry);
    this.take(entry);
  }

  private take(raw: unknown): void {
    const entry = raw as Entry;
    if (entry.op === "put") this.objects.set(keyOf(entry.object), entry.object);
    else if (entry.op === "remove") this.objects.delete(keyOf(entry));
    else if (entry.op === "count") this.counts.set(entry.seed, entry.count);
    else if (entry.op === "reset") this.forget();
    else throw new Error("not an entry");
  }

  private forget(): void {
    this.objects.clear();
    this.counts.clear();
  }

  private entries(): Entry[] {
    const counts = [...this.counts].map(([seed, count]): Entry => ({ op: "count", seed, count }));
    return [...counts, ...[...this.objects.values()].map((object): Entry => ({ op: "put", object }))];
  }
}

function keyOf({ scope, type, id }: { readonly scope: string; readonly type: string; readonly id: string }): string {
  return JSON.stringify([scope, familyOf(type), id]);
}

function restore<V>(target: Map<string, V>, source: Map<string, V>): void {
  target.clear();
  for (const [key, value] of source) target.set(key, value);
}
