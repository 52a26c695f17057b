/** Somewhere to go from an entity. */
export interface EntityLink {
  readonly url: string;
  readonly title: string;
  /** Name of an icon that every Backstage has. */
  readonly icon: "alert" | "dashboard" | "docs" | "web";
  /** What is there, the same in all entities. */
  readonly type: "alerts" | "dashboard" | "logs" | "pods" | "runbook" | "website";
}

/** What every entity says of itself. */
export interface EntityMetadata {
  /** At most 63 characters, different for each entity of a kind. */
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly links?: readonly EntityLink[];
}

/** `experimental` until it is released to a protected environment, then `production`. */
export type Lifecycle = "experimental" | "production";

interface Described<K extends string, S> {
  readonly apiVersion: "backstage.io/v1alpha1";
  readonly kind: K;
  readonly metadata: EntityMetadata;
  readonly spec: S;
}

/** A service, in all its environments. */
export type ComponentEntity = Described<
  "Component",
  {
    readonly type: "service" | "worker" | "job" | "website";
    readonly lifecycle: Lifecycle;
    readonly owner: string;
    readonly system: string;
    readonly dependsOn?: readonly string[];
    readonly providesApis?: readonly string[];
    readonly consumesApis?: readonly string[];
  }
>;

/** What a service lets others call. */
export type ApiEntity = Described<
  "API",
  {
    readonly type: ApiType;
    readonly lifecycle: Lifecycle;
    readonly owner: string;
    readonly system: string;
    readonly definition: string;
  }
>;

/** Something that a service needs and AWS runs, in all its environments. */
export type ResourceEntity = Described<
  "Resource",
  { readonly type: ResourceType; readonly owner: string; readonly system: string }
>;

/** Services that make something together. */
export type SystemEntity = Described<"System", { readonly owner: string }>;

/** What the catalog knows of a service, as Backstage reads it (Backstage documentation, "Descriptor Format of Catalog Entities"). */
export type Entity = ComponentEntity | ApiEntity | ResourceEntity;

/** How an API is described. */
export type ApiType = "openapi" | "grpc" | "asyncapi";

/** What a resource is. */
export type ResourceType =
  "database" | "queue" | "topic" | "bucket" | "cache" | "distribution" | "image-repository" | "secret";

/** A full reference to an entity: `component:default/orders`. */
export function entityRef(kind: "api" | "component" | "group" | "resource" | "system", name: string): string {
  return `${kind}:default/${name}`;
}
