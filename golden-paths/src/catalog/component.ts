import { delivererOf, systemOf } from "@paved/model";
import { addresses } from "../observability/addresses";
import { hasPods } from "../observability/observed";
import { type CatalogEnvironment, type CatalogService, lifecycleOf } from "./catalog-service";
import { type ComponentEntity, type EntityLink, entityRef } from "./entity";
import { labels } from "./labels";
import { resourceNames } from "./resource";

const TYPES = { http: "service", grpc: "service", worker: "worker", job: "job", site: "website" } as const;

/**
 * The service as a Component, one for all its environments, with links to each of those it runs in. Annotations are those
 * that Backstage's plugins read: Kubernetes (objects with the label `backstage.io/kubernetes-id`), Argo CD, Grafana.
 */
export function component(catalogued: CatalogService): ComponentEntity {
  const { service, kind, provides, consumes, dependsOn } = catalogued;
  const needed = [
    ...dependsOn.map((name) => entityRef("component", name)),
    ...resourceNames(catalogued).map((name) => entityRef("resource", name)),
  ];
  return {
    apiVersion: "backstage.io/v1alpha1",
    kind: "Component",
    metadata: {
      name: service.name,
      description: service.description ?? `${TYPES[kind]} of ${service.owner}, tier ${service.tier}`,
      labels: labels(catalogued),
      annotations: annotations(catalogued),
      tags: [path(catalogued), `tier-${service.tier}`],
      links: links(catalogued),
    },
    spec: {
      type: TYPES[kind],
      lifecycle: lifecycleOf(catalogued),
      owner: entityRef("group", service.owner),
      system: entityRef("system", systemOf(service)),
      ...(needed.length > 0 ? { dependsOn: needed } : {}),
      ...(provides === undefined ? {} : { providesApis: [entityRef("api", service.name)] }),
      ...(consumes.length > 0 ? { consumesApis: consumes.map((name) => entityRef("api", name)) } : {}),
    },
  };
}

/** `node-api@1` is `node-api`: a tag has no place for the version. */
function path({ goldenPath }: CatalogService): string {
  return goldenPath.replace(/@.*$/, "");
}

function annotations(catalogued: CatalogService): Readonly<Record<string, string>> {
  const { service, kind, goldenPath, environments } = catalogued;
  const byArgoCd = environments.some(({ environment }) => delivererOf(environment) === "argo-cd");
  const running = environments.filter(({ released }) => released).map(({ environment }) => environment.name);
  return {
    "paved.dev/golden-path": goldenPath,
    "paved.dev/on-call": service.onCall,
    "paved.dev/runbook": service.runbook,
    "paved.dev/environments": running.join(","),
    "grafana/dashboard-selector": `tags @> 'service:${service.name}'`,
    "grafana/alert-label-selector": `service=${service.name}`,
    ...(hasPods(kind)
      ? {
          ...(byArgoCd ? { "argocd/app-name": service.name } : {}),
          "backstage.io/kubernetes-id": service.name,
          "backstage.io/kubernetes-namespace": service.name,
        }
      : {}),
  };
}

function links(catalogued: CatalogService): readonly EntityLink[] {
  const { service, environments } = catalogued;
  return [
    { url: service.runbook, title: "Runbook", icon: "docs", type: "runbook" },
    ...environments.filter(({ released }) => released).flatMap((each) => environmentLinks(catalogued, each)),
  ];
}

function environmentLinks(
  { service, kind }: CatalogService,
  { environment, url }: CatalogEnvironment,
): readonly EntityLink[] {
  const { dashboard, logs, pods, onCall } = addresses({ service, environment, kind });
  const all = [
    { url, title: "Address", icon: "web", type: "website" },
    { url: dashboard, title: "Dashboard", icon: "dashboard", type: "dashboard" },
    { url: logs, title: "Logs", icon: "docs", type: "logs" },
    { url: pods, title: "Pods", icon: "dashboard", type: "pods" },
    { url: onCall, title: `Alerts of ${service.onCall}`, icon: "alert", type: "alerts" },
  ] as const;
  return all.flatMap((link) =>
    link.url === undefined ? [] : [{ ...link, url: link.url, title: `${link.title} (${environment.name})` }],
  );
}
