import { createHash } from "node:crypto";
import { type Behaviour, lingeringType } from "../behaviours/define";
import { Facts } from "../behaviours/facts";
import { Instance, type Place } from "../behaviours/instance";
import { completeBlock } from "../plan/complete";
import { planChange, type ChangeRequest, type PlannedChange } from "../plan/plan-change";
import { Refusal } from "../protocol/diagnostics";
import { type BlockSchema, blockType } from "../schema/model";
import { familyOf } from "../store/family";
import type { ObjectStore, PlacedObject } from "../store/object-store";
import { conformValue } from "../values/codec";
import { canonical } from "../values/equality";
import { hasUnknown, isObject, textOf, UNKNOWN, Unknown, type Value, type ValueObject } from "../values/value";
import { inventor } from "./invent";
import { nameObject } from "./names";
import type { ProviderPlace } from "./place";

/** Everything a provider does with one resource type. */
export class Resource {
  private readonly has: ReadonlySet<string>;

  constructor(
    readonly type: string,
    readonly block: BlockSchema,
    private readonly behaviour: Behaviour,
    private readonly store: ObjectStore,
    private readonly provider: ProviderPlace,
    private readonly isLive = false,
  ) {
    this.has = new Set(block.attributes.map(({ name }) => name));
  }

  /** Plans a change. */
  plan(request: ChangeRequest): PlannedChange {
    const replaceOn = [...(this.behaviour.replaceOn ?? []), ...(this.has.has("region") ? ["region"] : [])];
    return planChange(this.block, request, {
      ...this.behaviour,
      replaceOn,
      planned: (planned) => ({ ...this.behaviour.planned?.(planned), ...this.plannedAttributes(planned) }),
    });
  }

  /** What the configuration alone has wrong. @throws Refusal */
  validate(config: ValueObject): void {
    const it = this.instance({ ...config }, this.placeOf(config), "");
    for (const check of this.behaviour.validate ?? []) check(it);
  }

  /** What the object is now, null when it does not exist. @throws Refusal */
  read(state: ValueObject): Value {
    this.provider.assertReachable();
    const found = this.lookUp(state);
    if (found === undefined) return null;
    return conformValue(blockType(this.block), found.attributes);
  }

  /** Told of no cluster, a provider reaches nothing. @throws Refusal */
  assertReachable(): void {
    this.provider.assertReachable();
  }

  /** The same type where its objects are in a cluster, which says itself what else is in it. */
  inCluster(): Resource {
    return new Resource(this.type, this.block, this.behaviour, this.store, this.provider, true);
  }

  /** Whether it is known which of the clusters an object is looked for in. */
  get isCertain(): boolean {
    return this.provider.isCertain;
  }

  /** What the store keeps of an object. */
  kept(state: ValueObject): PlacedObject | undefined {
    return this.lookUp(state);
  }

  /** Has the store keep an object as it turned out to be. */
  keep(values: ValueObject): void {
    const { stack, scope } = this.kept(values) ?? this.placeOf(values);
    this.store.change(() =>
      this.store.put({ stack, scope, type: this.type, id: this.idOf(values), attributes: values }),
    );
  }

  /** Has the store keep an object as it was before, if there was any. */
  restore(values: ValueObject, before: PlacedObject | undefined): void {
    this.store.change(() => {
      const now = this.lookUp(values);
      if (now !== undefined) this.store.remove(now);
      if (before !== undefined) this.store.put(before);
    });
  }

  /** Creates, updates or deletes, and returns what exists afterwards. @throws Refusal */
  apply(prior: Value, planned: Value): Value {
    this.provider.assertReachable();
    return this.store.change(() => {
      if (!isObject(planned)) return this.remove(prior);
      return isObject(prior) ? this.update(prior, planned) : this.create(planned);
    });
  }

  /** The object that an import id names. @throws Refusal */
  import(asked: string): Value {
    this.provider.assertReachable();
    const { id, place } = this.importTarget(asked);
    const ids = (object: PlacedObject): readonly string[] => {
      const facts = new Facts(object.attributes as ValueObject);
      return [object.id, ...(this.behaviour.importIds?.(facts) ?? [])];
    };
    const found = this.store
      .all()
      .find((object) => object.type === this.type && object.scope === place.scope && ids(object).includes(id));
    if (found !== undefined) return conformValue(blockType(this.block), found.attributes);
    const detail = `While attempting to import an existing object to ${this.type}, the provider found no object with the id ${JSON.stringify(asked)}. Import only what exists in this account and region, or cluster.`;
    throw new Refusal("Cannot import non-existent remote object", detail);
  }

  /** Import ids of the AWS provider may end in the region: `name@us-east-1`. */
  private importTarget(asked: string): { readonly id: string; readonly place: Place } {
    const [, id, region] = /^(.+)@([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(asked) ?? [];
    const isPlaced = id !== undefined && region !== undefined && this.has.has("region");
    return isPlaced ? { id, place: this.placeOf({ region }) } : { id: asked, place: this.placeOf({}) };
  }

  private create(planned: ValueObject): Value {
    const values = { ...planned };
    const place = this.placeOf(values);
    const seed = createHash("sha256")
      .update(canonical([place.stack, place.scope, this.type, values]))
      .digest("hex")
      .slice(0, 32);
    const it = this.instance(values, place, `${seed}/${this.store.nextCount(seed)}`);
    nameObject(this.block, it);
    this.checkLingering(it);
    this.check(it);
    if (this.has.has("id")) values["id"] = textOf(values["id"]) ?? this.behaviour.id(it);
    return this.finish(it);
  }

  private update(prior: ValueObject, planned: ValueObject): Value {
    const values = { ...planned };
    const current = this.lookUp(prior);
    if (current === undefined) {
      throw new Refusal(
        `${this.type} ${this.idOf(prior)} no longer exists`,
        "It was deleted since the plan was made: plan again.",
      );
    }
    const seed = createHash("sha256").update(`${current.scope}|${this.type}|${current.id}`).digest("hex").slice(0, 32);
    const it = this.instance(values, { ...this.placeOf(values), scope: current.scope }, seed, new Facts(prior));
    this.check(it);
    return this.finish(it);
  }

  private remove(prior: Value): null {
    if (!isObject(prior)) return null;
    const current = this.lookUp(prior);
    if (current === undefined) return null;
    const it = this.instance(prior, { ...this.placeOf(prior), scope: current.scope }, current.id, new Facts(prior));
    for (const check of this.behaviour.canDelete ?? []) check(it);
    this.store.remove(current);
    if (this.behaviour.lingers?.(it) === true) this.store.put({ ...current, type: lingeringType(this.type) });
    return null;
  }

  private finish(it: Instance): Value {
    if (this.has.has("arn") && it.values["arn"] instanceof Unknown && this.behaviour.arn !== undefined) {
      it.values["arn"] = this.behaviour.arn(it);
    }
    const known = { ...this.plannedAttributes(it.values), ...this.behaviour.computed?.(it) };
    const complete = completeBlock(this.block, it.values, known, inventor(this.provider.provider, it));
    const { stack, scope } = it.place;
    this.store.put({ stack, scope, type: this.type, id: this.idOf(complete), attributes: complete });
    return complete;
  }

  private check(it: Instance): void {
    const { validate = [], checks = [] } = this.behaviour;
    const asked = checks.filter(({ isOfCluster = false }) => !(this.isLive && isOfCluster));
    for (const check of [...validate, ...asked]) check(it);
  }

  private checkLingering(it: Instance): void {
    const name = it.text("name");
    const lingers =
      name !== undefined && it.all(lingeringType(this.type)).some((object) => object.text("name") === name);
    if (!lingers) return;
    const summary = `creating ${this.type} (${name}): a ${this.type} with this name is already scheduled for deletion`;
    throw new Refusal(summary, "Choose another name, restore the old one, or delete it without a recovery window.", [
      "name",
    ]);
  }

  private plannedAttributes(planned: ValueObject): ValueObject {
    const known: ValueObject = {};
    if (this.has.has("region") && typeof planned["region"] !== "string") known["region"] = this.provider.region;
    if (this.has.has("tags_all")) known["tags_all"] = this.allTags(planned["tags"] ?? null);
    return known;
  }

  private allTags(tags: Value): Value {
    const { defaultTags } = this.provider;
    if (tags instanceof Unknown || hasUnknown(tags) || !isObject(defaultTags) || hasUnknown(defaultTags))
      return UNKNOWN;
    return { ...defaultTags, ...(isObject(tags) ? tags : {}) };
  }

  private lookUp(state: ValueObject): PlacedObject | undefined {
    const id = this.idOf(state);
    if (this.provider.isCertain) return this.store.find(this.placeOf(state).scope, this.type, id);
    return this.store.all().find((object) => familyOf(object.type) === familyOf(this.type) && object.id === id);
  }

  private placeOf(values: ValueObject): Place {
    return this.provider.of(this.has.has("region"), values);
  }

  private idOf(values: ValueObject): string {
    return textOf(values["id"]) ?? textOf(values["arn"]) ?? textOf(values["name"]) ?? "";
  }

  private instance(values: ValueObject, place: Place, seed: string, prior?: Facts): Instance {
    return new Instance(this.type, values, place, () => this.store.all(), seed, prior);
  }
}
