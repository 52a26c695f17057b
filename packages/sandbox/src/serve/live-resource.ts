import type { Behaviour } from "../behaviours/define";
import { type Cluster, type ClusterObject, isClusterRefusal } from "../cluster/cluster";
import type { LiveKind } from "../cluster/live-kind";
import { readFields } from "../cluster/read";
import { refusedPath } from "../cluster/refused-path";
import { surplusOf } from "../cluster/surplus";
import { nameIn } from "../cluster/stored-objects";
import { writtenFields } from "../cluster/written";
import { Refusal } from "../protocol/diagnostics";
import { textOf, type Value, type ValueObject } from "../values/value";
import { applyInBoth } from "./both-places";
import type { Resource } from "./resource";

/** What others change all the time, of which no plan is made. */
const UNSTEADY: ReadonlySet<string> = new Set(["resourceVersion", "generation", "status"]);
const NONE: ReadonlySet<string> = new Set();

/** What a provider does with one resource type whose objects are in a real cluster. */
export class LiveResource {
  private readonly resource: Resource;

  constructor(
    resource: Resource,
    private readonly live: LiveKind,
    private readonly cluster: Cluster,
    private readonly behaviour: Behaviour,
  ) {
    this.resource = resource.inCluster();
  }

  /** What the object is now, null when the cluster has none. @throws Refusal */
  async read(state: ValueObject): Promise<Value> {
    this.resource.assertReachable();
    const object = await this.asked(() => this.cluster.read(this.live, nameIn(state)));
    if (object !== undefined) return this.valuesOf(state, object, UNSTEADY);
    // Its name is free again; not known in which cluster, it may be the name of another environment's.
    if (this.resource.isCertain) this.resource.restore(state, undefined);
    return null;
  }

  /**
   * Creates, updates or deletes, in the cluster and in the store, or in neither.
   * @param interruption ends the wait for what does not go
   * @throws Refusal, and what it was interrupted with
   */
  async apply(prior: Value, planned: Value, interruption?: AbortSignal): Promise<Value> {
    return applyInBoth(this.resource, prior, planned, {
      write: async (values, change) => {
        if (change.prior === null) await this.asked(() => this.refuseAnothers(values));
        const object = await this.asked(() => this.writeWhole(this.objectOf(change.planned, values)));
        return this.valuesOf(values, object, NONE);
      },
      remove: (was) => this.asked(() => this.cluster.remove(this.live, nameIn(was), interruption)),
    });
  }

  /** The object that an import id names: its name, after that of its namespace where it has one. @throws Refusal */
  async import(id: string): Promise<Value> {
    this.resource.assertReachable();
    const [name = "", namespace] = id.split("/").toReversed();
    const object = await this.asked(() => this.cluster.read(this.live, { name, namespace }));
    if (object === undefined) return this.resource.import(id);
    const values = this.valuesOf(undefined, object, NONE);
    for (const [attribute, value] of Object.entries(this.behaviour.defaults ?? {})) {
      if (attribute in values) values[attribute] ??= value;
    }
    return { ...values, id };
  }

  /** @throws Refusal when somebody else has made an object of that name */
  private async refuseAnothers(values: ValueObject): Promise<void> {
    if (this.live.isAdopted) return;
    const there = await this.cluster.read(this.live, nameIn(values));
    if (there === undefined || this.cluster.isOwn(there)) return;
    const detail = "Choose another name, or import the object: it was made by somebody else.";
    throw new Refusal(`${this.live.kind} "${textOf(values["id"])}" already exists`, detail, ["metadata", 0, "name"]);
  }

  /** Writes an object, and takes away what somebody added to it. */
  private async writeWhole(sent: ClusterObject): Promise<ClusterObject> {
    const live = await this.cluster.write(sent);
    const surplus = surplusOf(sent, live, this.live.fields);
    if (surplus === undefined) return live;
    const { apiVersion, kind, metadata } = sent;
    const { name, namespace } = metadata;
    await this.cluster.edit({
      ...surplus,
      apiVersion,
      kind,
      metadata: { ...(surplus["metadata"] as object | undefined), name, namespace },
    });
    return (await this.cluster.read(this.live, metadata)) ?? live;
  }

  private objectOf(planned: ValueObject, values: ValueObject): ClusterObject {
    const { apiVersion, kind, fields, renamed } = this.live;
    const written = writtenFields(this.resource.block, planned, fields, renamed);
    const metadata = { ...(written["metadata"] as object), ...nameIn(values) };
    return { ...written, apiVersion, kind, metadata };
  }

  private valuesOf(known: ValueObject | undefined, object: ClusterObject, steady: ReadonlySet<string>): ValueObject {
    const { fields, renamed } = this.live;
    return readFields(this.resource.block, known, object, fields, { renamed, steady });
  }

  /** @throws Refusal in the words of the API server, at the attribute that it names; PavedError when it does not answer */
  private async asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isClusterRefusal(error)) throw error;
      const [cause] = error.causes;
      const { fields, renamed } = this.live;
      const path = cause === undefined ? [] : refusedPath(this.resource.block, fields, renamed, cause.field);
      throw new Refusal(error.message, `The API server answered ${error.status}: change what it names.`, path);
    }
  }
}
