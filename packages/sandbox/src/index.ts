export { type Configuration, replacedBy } from "./behaviours/replacement";
export type {
  Cluster,
  ClusterKind,
  ClusterObject,
  ClusterRefusal,
  Field,
  Fields,
  ObjectName,
  RefusedField,
} from "./cluster/cluster";
export type { ReleaseRefusal, Releases } from "./cluster/releases";
export { type ObjectKey, Sandbox, type SandboxOptions } from "./sandbox";
export { providerSchema, resourceSchema } from "./schema/catalogue";
export type { AttributeSchema, BlockSchema, NestedAttributes, NestedBlock, Nesting, ValueType } from "./schema/model";
export type { ProviderName, SchemaKind } from "./schema/providers";
export type { Outage, Outages, ServiceCall } from "./serve/outage";
export type { SandboxSession, SessionOptions } from "./serve/session";
export type { StoredAttributes, StoredObject } from "./store/object-store";
