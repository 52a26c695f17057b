import type { Environment, ServiceMetadata } from "@paved/model";
import type { ServiceKind } from "../observability/observed";
import type { ApiType, Lifecycle, ResourceType } from "./entity";

/** Something of the service that AWS runs. */
export interface CatalogResource {
  readonly type: ResourceType;
  /** What AWS calls it in this environment, for example `orders-production`. */
  readonly name: string;
}

/** A service in one of its environments. */
export interface CatalogEnvironment {
  readonly environment: Pick<Environment, "name" | "domain" | "protected" | "region" | "account" | "delivery">;
  /** Whether it runs there: an image is released, or it needs none. */
  readonly released: boolean;
  /** Address it is reached at from outside. @default - it is not exposed */
  readonly url?: string;
  /** What AWS runs for it there. */
  readonly resources: readonly CatalogResource[];
}

/** What a service lets others call. */
export interface ProvidedApi {
  readonly type: ApiType;
  /** Where its description is served. @default - nowhere */
  readonly url?: string;
  /** The description itself. @default - a description that says where the description is */
  readonly definition?: string;
}

/** A service in all its environments, as the catalog's entities are made from it: plain values that are known at synth. */
export interface CatalogService {
  readonly service: ServiceMetadata;
  readonly kind: ServiceKind;
  /** The golden path, for example `node-api@1`. */
  readonly goldenPath: string;
  /** Its environments, in the order a change is promoted through them. */
  readonly environments: readonly CatalogEnvironment[];
  /** Names of services that it needs: it calls them, or takes their messages. */
  readonly dependsOn: readonly string[];
  /** @default - nobody calls it */
  readonly provides?: ProvidedApi;
  /** Names of services whose API it calls. */
  readonly consumes: readonly string[];
}

/** `production` once it runs in a protected environment. */
export function lifecycleOf(service: CatalogService): Lifecycle {
  const relied = service.environments.some(({ environment, released }) => environment.protected && released);
  return relied ? "production" : "experimental";
}
