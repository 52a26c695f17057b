import { systemOf } from "@paved/model";
import { type CatalogService, lifecycleOf, type ProvidedApi } from "./catalog-service";
import { type ApiEntity, entityRef } from "./entity";
import { labels } from "./labels";

/** What the service lets others call, as an API of its name. @returns nothing when nobody calls it */
export function apis(catalogued: CatalogService): readonly ApiEntity[] {
  const { service, provides } = catalogued;
  if (provides === undefined) return [];
  return [
    {
      apiVersion: "backstage.io/v1alpha1",
      kind: "API",
      metadata: {
        name: service.name,
        description: `What ${service.name} lets other services call`,
        labels: labels(catalogued),
        annotations: provides.url === undefined ? {} : { "paved.dev/definition": provides.url },
        tags: [provides.type],
      },
      spec: {
        type: provides.type,
        lifecycle: lifecycleOf(catalogued),
        owner: entityRef("group", service.owner),
        system: entityRef("system", systemOf(service)),
        definition: provides.definition ?? pointer(service.name, provides),
      },
    },
  ];
}

/** Backstage asks for a definition that is not empty, and draws OpenAPI and AsyncAPI: so it is a valid one that says where the real one is. */
function pointer(title: string, { type, url }: ProvidedApi): string {
  const said = url === undefined ? "No description is published." : `The description is served at ${url}`;
  const info = { title, version: "1", description: said };
  if (type === "openapi") return JSON.stringify({ openapi: "3.1.0", info, paths: {} });
  if (type === "asyncapi") return JSON.stringify({ asyncapi: "3.0.0", info });
  return `// ${said}`;
}
