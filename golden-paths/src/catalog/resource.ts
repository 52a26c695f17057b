import { systemOf } from "@paved/model";
import type { CatalogService } from "./catalog-service";
import { entityRef, type ResourceEntity, type ResourceType } from "./entity";
import { labels } from "./labels";

/** Types of resource that the service has in any of its environments, in alphabetical order. */
function types({ environments }: CatalogService): readonly ResourceType[] {
  return [...new Set(environments.flatMap(({ resources }) => resources.map(({ type }) => type)))].toSorted();
}

function nameOf({ service }: CatalogService, type: ResourceType): string {
  return `${service.name}-${type}`;
}

/** Names of the entities that {@link resources} makes: `orders-database`. */
export function resourceNames(catalogued: CatalogService): readonly string[] {
  return types(catalogued).map((type) => nameOf(catalogued, type));
}

/**
 * What AWS runs for the service, one Resource a type for all environments: what it is called in each is an annotation,
 * `paved.dev/in-<environment>`, since the catalog is about what there is and not about copies of it.
 */
export function resources(catalogued: CatalogService): readonly ResourceEntity[] {
  const { service } = catalogued;
  return types(catalogued).map((type) => ({
    apiVersion: "backstage.io/v1alpha1",
    kind: "Resource",
    metadata: {
      name: nameOf(catalogued, type),
      description: `${type} of ${service.name}`,
      labels: labels(catalogued),
      annotations: Object.fromEntries(
        catalogued.environments.flatMap(({ environment, resources: all }) => {
          const names = all.filter((resource) => resource.type === type).map(({ name }) => name);
          return names.length > 0 ? [[`paved.dev/in-${environment.name}`, names.join(",")]] : [];
        }),
      ),
      tags: [type],
    },
    spec: {
      type,
      owner: entityRef("group", service.owner),
      system: entityRef("system", systemOf(service)),
    },
  }));
}
