import type { CatalogService } from "./catalog-service";

/** Labels by which all entities of a service can be found. */
export function labels({ service }: CatalogService): Readonly<Record<string, string>> {
  return { "paved.dev/service": service.name, "paved.dev/tier": String(service.tier) };
}
