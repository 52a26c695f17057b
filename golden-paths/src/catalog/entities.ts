import { apis } from "./api";
import type { CatalogService } from "./catalog-service";
import { component } from "./component";
import type { Entity } from "./entity";
import { resources } from "./resource";

/**
 * What the catalog knows of a service, as Backstage reads it: one Component for all environments, the API it provides, and
 * one Resource for each sort of thing that AWS runs for it. All refer to each other in full (`resource:default/orders-database`),
 * and to the owner as a Group, which comes from wherever the organisation keeps its teams.
 */
export function catalogEntities(service: CatalogService): readonly Entity[] {
  return [component(service), ...apis(service), ...resources(service)];
}
