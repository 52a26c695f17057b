import { didYouMean, PavedError } from "@paved/model";
import { applyDrift, driftIn } from "./drift";
import { assertKnownType } from "./schema/catalogue";
import { SchemaCache } from "./schema/cache";
import { providerOf } from "./schema/providers";
import { openSession, type SandboxSession, type SessionOptions } from "./serve/session";
import { sweepSocketDirectories } from "./serve/socket-directory";
import type { Cluster } from "./cluster/cluster";
import { removeFrom } from "./cluster/stored-objects";
import { familyOf } from "./store/family";
import { ObjectStore, type PlacedObject, type StoredObject } from "./store/object-store";

/** Where a sandbox keeps what it knows. */
export interface SandboxOptions {
  /** The store: what was applied. Created when it is not there. */
  readonly directory: string;
  /** Schemas of the pinned providers, kept between runs. */
  readonly cacheDirectory: string;
  /** The cluster that a stack's Kubernetes objects are in. @default - none: they are emulated */
  readonly clusterOf?: (stack: string) => Cluster | undefined;
}

/** A type of object and its id. */
export interface ObjectKey {
  readonly type: string;
  readonly id: string;
}

/**
 * The aws, kubernetes and helm providers without a cloud: real OpenTofu plans and applies against them, and what it
 * applies is kept in a directory. Several processes may use one directory at once.
 */
export class Sandbox {
  private readonly sessions = new Set<SandboxSession>();

  private constructor(
    private readonly store: ObjectStore,
    private readonly schemas: SchemaCache,
    private readonly clusterOf: (stack: string) => Cluster | undefined,
  ) {}

  /**
   * Opens the store in `directory`, for example `<workspace>/.paved/sandbox`.
   *
   * @throws PavedError PVD3001 when what is there cannot be read
   */
  static open({ directory, cacheDirectory, clusterOf = () => undefined }: SandboxOptions): Sandbox {
    sweepSocketDirectories();
    return new Sandbox(new ObjectStore(directory), new SchemaCache(cacheDirectory), clusterOf);
  }

  /**
   * Serves the providers for one stack's run. `resources` and `dataSources` are the Terraform type names in the
   * stack's JSON and in its state. Several sessions may be open at once, all over one store.
   *
   * @throws PavedError PVD3002 when a type is in none of the pinned providers
   */
  async session(options: SessionOptions): Promise<SandboxSession> {
    for (const type of options.resources) if (!isBuiltIn(type)) assertKnownType(type, "resource");
    for (const type of options.dataSources) if (!isBuiltIn(type)) assertKnownType(type, "data");
    const session = await openSession(options, this.schemas, this.store, this.clusterOf(options.stack));
    const tracked: SandboxSession = {
      reattach: session.reattach,
      close: async () => {
        this.sessions.delete(tracked);
        await session.close();
      },
    };
    this.sessions.add(tracked);
    return tracked;
  }

  /** Objects in the store, optionally of one stack. */
  objects(stack?: string): readonly StoredObject[] {
    return this.present()
      .filter((object) => stack === undefined || object.stack === stack)
      .map(withoutScope);
  }

  /**
   * Removes objects of `stack` that are not in `known`: what a killed run created but never got into state. They go from its
   * cluster as well.
   *
   * @returns what was removed
   */
  async removeOrphans(stack: string, known: readonly ObjectKey[]): Promise<readonly StoredObject[]> {
    const keys = new Set(known.map(keyOf));
    const orphans = this.present().filter((object) => object.stack === stack && !keys.has(keyOf(object)));
    const cluster = this.clusterOf(stack);
    if (cluster !== undefined) await removeFrom(cluster, orphans);
    this.store.change(() => orphans.forEach((orphan) => this.store.remove(orphan)));
    return orphans.map(withoutScope);
  }

  /** Lets objects of `stack` go: they stay, and belong to no stack, as what OpenTofu is told to forget. */
  release(stack: string, leaving: readonly ObjectKey[]): void {
    const keys = new Set(leaving.map(keyOf));
    this.store.change(() => {
      const own = this.present().filter((object) => object.stack === stack && keys.has(keyOf(object)));
      for (const object of own) this.store.put({ ...object, stack: NO_STACK });
    });
  }

  /**
   * Changes one attribute of an applied object behind OpenTofu's back. The value is parsed as the attribute's type;
   * attributes of nested blocks are written with dots: `scaling_config.desired_size`. The stack tells apart objects of
   * two environments that have one id, as namespaces and image repositories do.
   *
   * @throws PavedError PVD3003 when the stack applied nothing with that id, or its cluster has it no more; PVD3004 when the
   * type has no such attribute, the value is not of its type, or the cluster refuses it; PVD9004 when that does not answer.
   * Nothing is changed then
   */
  async drift(
    { stack, type, id }: ObjectKey & { readonly stack: string },
    attribute: string,
    value: string,
  ): Promise<void> {
    const drifted = (): PlacedObject => {
      const own = this.present().filter((candidate) => candidate.stack === stack);
      const object = own.find((candidate) => keyOf(candidate) === keyOf({ type, id }));
      if (object === undefined) throw nothingAt(own, { type, id });
      return { ...object, attributes: applyDrift(object, attribute, value) };
    };
    const wanted = drifted();
    const cluster = this.clusterOf(stack);
    if (cluster !== undefined) await driftIn(cluster, wanted, attribute);
    // As it is by now: an apply may have changed it meanwhile.
    this.store.change(() => this.store.put(drifted()));
  }

  /** Forgets everything that was applied. */
  reset(): void {
    this.store.change(() => this.store.clear());
  }

  /** Closes every session. */
  async close(): Promise<void> {
    await Promise.all([...this.sessions].map((session) => session.close()));
  }

  private present(): PlacedObject[] {
    return this.store.all().filter(({ type }) => providerOf(type) !== undefined);
  }
}

/** Whose objects are that no stack manages any more. */
const NO_STACK = "";

function keyOf({ type, id }: ObjectKey): string {
  return `${familyOf(type)} ${id}`;
}

function withoutScope({ stack, type, id, attributes }: PlacedObject): StoredObject {
  return { stack, type, id, attributes };
}

/** `terraform_data` is OpenTofu's own, and needs no provider of ours. */
function isBuiltIn(type: string): boolean {
  return type.startsWith("terraform_");
}

function nothingAt(applied: readonly StoredObject[], { type, id }: ObjectKey): PavedError {
  const ids = applied.filter((object) => object.type === type).map((object) => object.id);
  return new PavedError({
    code: "PVD3003",
    where: `${type} ${id}`,
    got: `the id ${JSON.stringify(id)}`,
    want: `the id of an applied ${type}`,
    fix: ids.length === 0 ? `apply a stack that has an object of this type first` : didYouMean(id, ids),
  });
}
