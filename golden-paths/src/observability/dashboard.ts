import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { type Manifest, rendered } from "../manifests/manifest";
import { addresses, dashboardUid } from "./addresses";
import { jobRow } from "./dashboards/job-row";
import { layOut } from "./dashboards/layout";
import { objectiveRow } from "./dashboards/objective-row";
import type { Row } from "./dashboards/panel";
import { podRow } from "./dashboards/pod-row";
import { queueRow } from "./dashboards/queue-row";
import { siteRow, siteVariables } from "./dashboards/site-row";
import { cacheRow, databaseRow, topicRow } from "./dashboards/store-rows";
import { workRow } from "./dashboards/work-row";
import { PROMETHEUS } from "./datasources";
import { keepsRunning, type ObservedService, observedMetadata } from "./observed";
import { series } from "./promql";

/** Version of Grafana's dashboard JSON that is written; newer Grafanas read it and bring it up to date themselves. */
const SCHEMA_VERSION = 39;

/** From what users notice, at the top, to what it may come from. Which rows there are depends on what the service has. */
const ROWS: readonly ((observed: ObservedService) => readonly Row[])[] = [
  objectiveRow,
  workRow,
  siteRow,
  jobRow,
  queueRow,
  podRow,
  databaseRow,
  cacheRow,
  topicRow,
];

/**
 * The service's dashboard as a ConfigMap, which Grafana's sidecar finds by its label in any namespace: promises and how
 * they are kept; rate, errors and duration of what it does; use, saturation and errors of its pods; and its queue, stores
 * and topic. Its uid comes from service and environment, so that links to it stay.
 *
 * Work is measured by OpenTelemetry's names (see `work.ts`), pods by kube-state-metrics and the kubelet, what AWS runs by
 * CloudWatch.
 *
 * @throws PavedError PVD1025 for objectives that cannot be promised or measured; PVD1028 when the schema refuses it
 */
export function dashboard(observed: ObservedService): Manifest {
  const metadata = observedMetadata(observed, "dashboard");
  const model = new ConfigMap({
    metadata: { ...metadata, labels: { ...metadata.labels, grafana_dashboard: "1" } },
    data: { [`${dashboardUid(observed.service, observed.environment)}.json`]: JSON.stringify(dashboardJson(observed)) },
  });
  return rendered(model, observed.where);
}

function dashboardJson(observed: ObservedService) {
  const { service, environment, kind, goldenPath } = observed;
  return {
    uid: dashboardUid(service, environment),
    title: `${service.name} (${environment.name})`,
    description: `${goldenPath} of ${service.owner}, tier ${service.tier}, on call: ${service.onCall}`,
    tags: [
      "paved",
      `service:${service.name}`,
      `owner:${service.owner}`,
      `environment:${environment.name}`,
      `kind:${kind}`,
    ],
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    editable: false,
    timezone: "browser",
    refresh: "1m",
    time: { from: "now-6h", to: "now" },
    graphTooltip: 1,
    links: links(observed),
    templating: { list: siteVariables(observed) },
    annotations: { list: releases(observed) },
    panels: layOut(ROWS.flatMap((row) => row(observed))),
  };
}

function links(observed: ObservedService) {
  const { logs, pods, onCall } = addresses(observed);
  const all = [
    { title: "Runbook", icon: "doc", url: observed.service.runbook },
    { title: "Logs", icon: "external link", url: logs },
    { title: "Pods", icon: "external link", url: pods },
    { title: "Alerts", icon: "bolt", url: onCall },
  ];
  return all.flatMap(({ title, icon, url }) =>
    url === undefined ? [] : [{ type: "link", title, icon, url, targetBlank: true, keepTime: false, tags: [] }],
  );
}

/** Marks when pods of a new release were begun: each release has a ReplicaSet of its own. */
function releases({ kind, name }: ObservedService) {
  if (!keepsRunning(kind)) return [];
  return [
    {
      name: "Releases",
      enable: true,
      iconColor: "blue",
      datasource: PROMETHEUS,
      expr: `${series("kube_replicaset_created", { namespace: name })} * 1000`,
      useValueForTime: true,
      titleFormat: "Release",
      textFormat: "{{replicaset}}",
      step: "60s",
    },
  ];
}
