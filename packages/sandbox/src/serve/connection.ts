import type { Cluster } from "../cluster/cluster";
import { liveKindOf } from "../cluster/live-kind";
import { behaviourOf } from "../behaviours/registry";
import { readDataSource } from "../behaviours/data/registry";
import { diagnosticOf, Refusal, wirePath } from "../protocol/diagnostics";
import type { Call, Calls, ProviderHandlers } from "../protocol/messages";
import { wireSchema } from "../protocol/wire-schema";
import { type BlockSchema, blockType, type ValueType } from "../schema/model";
import { providerAddress } from "../schema/providers";
import { familyOf } from "../store/family";
import type { ObjectStore } from "../store/object-store";
import { decodeValue, encodeValue, parseValue } from "../values/codec";
import { isObject, type Value } from "../values/value";
import { type Outages, type ServiceCall, unlessOut } from "./outage";
import { LiveRelease } from "./live-release";
import { LiveResource } from "./live-resource";
import { ProviderPlace } from "./place";
import { Resource } from "./resource";
import type { SessionSchemas } from "./session-schemas";

/** What serves one resource type. */
type Served = Resource | LiveResource | LiveRelease;

/** What a provider answers while one OpenTofu process is connected: its configuration belongs to the connection. */
export class ProviderConnection implements ProviderHandlers {
  private place: ProviderPlace;
  private interruption = new AbortController();

  constructor(
    private readonly schemas: SessionSchemas,
    private readonly store: ObjectStore,
    private readonly stack: string,
    private readonly outages?: Outages,
    /** Where Kubernetes objects of the stack are. @default - in the store */
    private readonly cluster?: Cluster,
  ) {
    this.place = new ProviderPlace(schemas.provider, stack, null);
  }

  GetProviderSchema(): Calls["GetProviderSchema"][1] {
    const { config, resources, dataSources } = this.schemas;
    const wire = (blocks: ReadonlyMap<string, BlockSchema>) =>
      Object.fromEntries([...blocks].map(([type, block]) => [type, wireSchema(block)]));
    return {
      provider: wireSchema(config),
      resource_schemas: wire(resources),
      data_source_schemas: wire(dataSources),
      server_capabilities: { move_resource_state: true },
    };
  }

  GetFunctions(): Calls["GetFunctions"][1] {
    return { functions: {} };
  }

  ValidateProviderConfig(): Calls["ValidateProviderConfig"][1] {
    return { diagnostics: [] };
  }

  ValidateResourceConfig({
    type_name,
    config,
  }: Calls["ValidateResourceConfig"][0]): Calls["ValidateResourceConfig"][1] {
    const value = decodeValue(this.typeOf(type_name), config);
    if (isObject(value)) this.resource(type_name).validate(value);
    return { diagnostics: [] };
  }

  ValidateDataResourceConfig(): Calls["ValidateDataResourceConfig"][1] {
    return { diagnostics: [] };
  }

  ConfigureProvider({ config }: Calls["ConfigureProvider"][0]): Calls["ConfigureProvider"][1] {
    this.place = new ProviderPlace(
      this.schemas.provider,
      this.stack,
      decodeValue(blockType(this.schemas.config), config),
    );
    this.interruption = new AbortController();
    return { diagnostics: [] };
  }

  UpgradeResourceState({ type_name, raw_state }: Calls["UpgradeResourceState"][0]): Calls["UpgradeResourceState"][1] {
    const type = this.typeOf(type_name);
    const json = Buffer.from(raw_state?.json ?? []).toString("utf8");
    return { upgraded_state: encodeValue(type, json === "" ? null : parseValue(type, json)), diagnostics: [] };
  }

  async ReadResource({
    type_name,
    current_state,
    private: secret,
  }: Calls["ReadResource"][0]): Promise<Calls["ReadResource"][1]> {
    const type = this.typeOf(type_name);
    const state = decodeValue(type, current_state);
    const found = isObject(state) ? await this.asked(type_name, "read", (resource) => resource.read(state)) : null;
    return { new_state: encodeValue(type, found), private: secret, diagnostics: [] };
  }

  PlanResourceChange(request: Calls["PlanResourceChange"][0]): Calls["PlanResourceChange"][1] {
    const type = this.typeOf(request.type_name);
    const change = {
      prior: decodeValue(type, request.prior_state),
      proposed: decodeValue(type, request.proposed_new_state),
      config: decodeValue(type, request.config),
    };
    const { planned, replace, legacy } = this.resource(request.type_name).plan(change);
    return {
      planned_state: encodeValue(type, planned),
      requires_replace: replace.map(wirePath),
      planned_private: request.prior_private,
      diagnostics: [],
      legacy_type_system: legacy,
    };
  }

  async ApplyResourceChange(request: Calls["ApplyResourceChange"][0]): Promise<Calls["ApplyResourceChange"][1]> {
    const type = this.typeOf(request.type_name);
    const { signal } = this.interruption;
    signal.throwIfAborted();
    const prior = decodeValue(type, request.prior_state);
    const planned = decodeValue(type, request.planned_state);
    const state = await this.asked(request.type_name, "apply", (resource) => resource.apply(prior, planned, signal));
    return { new_state: encodeValue(type, state), private: request.planned_private, diagnostics: [] };
  }

  async ImportResourceState({
    type_name,
    id,
  }: Calls["ImportResourceState"][0]): Promise<Calls["ImportResourceState"][1]> {
    const state = await (await this.served(type_name)).import(id);
    return { imported_resources: [{ type_name, state: encodeValue(this.typeOf(type_name), state) }], diagnostics: [] };
  }

  MoveResourceState(request: Calls["MoveResourceState"][0]): Calls["MoveResourceState"][1] {
    const { source_type_name: from, target_type_name: to, source_provider_address: address } = request;
    if (!address.endsWith(`/${this.schemas.provider}`) || familyOf(from) !== familyOf(to)) {
      const detail = `Only a type and its _v1 form of ${providerAddress(this.schemas.provider)} are the same thing: remove the one and import the other.`;
      throw new Refusal(`Cannot move ${from} to ${to}`, detail);
    }
    const type = this.typeOf(to);
    const state = parseValue(type, Buffer.from(request.source_state?.json ?? []).toString("utf8"));
    return { target_state: encodeValue(type, state), diagnostics: [] };
  }

  ReadDataSource({ type_name, config }: Calls["ReadDataSource"][0]): Calls["ReadDataSource"][1] {
    const block = this.schemas.dataSources.get(type_name);
    if (block === undefined) throw notServed(type_name);
    this.place.assertReachable();
    const type = blockType(block);
    const value = decodeValue(type, config);
    const state = readDataSource({
      type: type_name,
      block,
      config: isObject(value) ? value : {},
      place: this.place,
      store: this.store,
    });
    return { state: encodeValue(type, state), diagnostics: [] };
  }

  StopProvider(): Calls["StopProvider"][1] {
    this.interruption.abort(
      new Refusal("operation was canceled", "The run was interrupted before this change was done: run it again."),
    );
    return {};
  }

  /** The answer when a handler throws: what was there before stays, and the diagnostic says why. */
  failure(call: Call, request: object, error: unknown): object {
    const diagnostics = [diagnosticOf(error)];
    const before = request as { readonly prior_state?: unknown; readonly current_state?: unknown };
    if (call === "ApplyResourceChange") return { diagnostics, new_state: before.prior_state };
    return call === "ReadResource" ? { diagnostics, new_state: before.current_state } : { diagnostics };
  }

  private async asked(
    type: string,
    operation: ServiceCall["operation"],
    work: (resource: Served) => Value | Promise<Value>,
  ): Promise<Value> {
    const resource = await this.served(type);
    return unlessOut(this.outages, { stack: this.stack, type, operation }, () => work(resource));
  }

  /** The resource type, whose objects are in the cluster where there is one that has the kind, or Helm. */
  private async served(type: string): Promise<Served> {
    const resource = this.resource(type);
    if (this.cluster === undefined) return resource;
    const { releases } = this.cluster;
    if (type === "helm_release" && releases !== undefined)
      return new LiveRelease(resource, releases, behaviourOf(type));
    const live = await liveKindOf(type, this.cluster);
    return live === undefined ? resource : new LiveResource(resource, live, this.cluster, behaviourOf(type));
  }

  private resource(type: string): Resource {
    const block = this.schemas.resources.get(type);
    if (block === undefined) throw notServed(type);
    return new Resource(type, block, behaviourOf(type), this.store, this.place);
  }

  private typeOf(type: string): ValueType {
    const block = this.schemas.resources.get(type);
    if (block === undefined) throw notServed(type);
    return blockType(block);
  }
}

function notServed(type: string): Refusal {
  return new Refusal(
    `${type} is not served`,
    "The session was opened without this type: it is in neither the stack's JSON nor its state.",
  );
}
