import type { Environment } from "@paved/model";
import { ACCESS_LOG_PREFIXES, accessLogsBucketName, grafanaHost, podLogGroup } from "@paved/modules";
import { CLOUDWATCH, type Datasource, PROMETHEUS } from "./datasources";
import { hasPods, type ServiceKind } from "./observed";
import { series } from "./promql";

/**
 * Where people look at a service. Everything is derived from the environment's domain: each environment has a Grafana of
 * its own at `https://grafana.<domain>` (the platform's delivery leads there), which shows dashboards at `/d/<uid>` and, by its Explore view, logs and pods. Who
 * keeps Grafana, or the logs, somewhere else changes this file and `datasources.ts`, nothing else.
 */
export interface ServiceAddresses {
  /** The service's own dashboard. */
  readonly dashboard: string;
  /** What its pods write; of a site, who asked for what. */
  readonly logs: string;
  /** Which pods there are, and how they are. @default - it has no pods */
  readonly pods?: string;
  /** What its on-call rotation is being told now, of all its services. */
  readonly onCall: string;
}

/** What addresses are derived from. */
export interface Addressed {
  readonly service: { readonly name: string; readonly onCall: string };
  readonly environment: Pick<Environment, "name" | "domain" | "region" | "account">;
  readonly kind: ServiceKind;
}

/** Where people look at the service in the environment. */
export function addresses(addressed: Addressed): ServiceAddresses {
  const { service, environment, kind } = addressed;
  const namespace = { namespace: service.name };
  const search = new URLSearchParams({ search: `label:on_call=${service.onCall}` });
  return {
    dashboard: `${grafana(environment)}/d/${dashboardUid(service, environment)}`,
    logs: hasPods(kind) ? explore(environment, logsOf(service, environment)) : accessLogsOf(service, environment),
    ...(hasPods(kind)
      ? {
          pods: explore(environment, {
            datasource: PROMETHEUS,
            expr: `${series("kube_pod_status_phase", namespace)} == 1`,
          }),
        }
      : {}),
    onCall: `${grafana(environment)}/alerting/list?${search}`,
  };
}

function grafana(environment: Addressed["environment"]): string {
  return `https://${grafanaHost(environment)}`;
}

/** What Explore asks a data source, in the data source's own terms. */
interface ExploreQuery {
  readonly datasource: Datasource;
  readonly [term: string]: unknown;
}

/** What a service's pods wrote last, by CloudWatch Logs Insights. */
function logsOf(service: Addressed["service"], environment: Addressed["environment"]): ExploreQuery {
  const written = `filter kubernetes.namespace_name = "${service.name}"`;
  return {
    datasource: CLOUDWATCH,
    queryMode: "Logs",
    region: environment.region,
    logGroups: [{ ...podLogGroup(environment), accountId: environment.account }],
    expression: `fields @timestamp, kubernetes.pod_name, log | ${written} | sort @timestamp desc | limit 500`,
  };
}

/** A site's access logs, which CloudFront writes to the environment's bucket: in the console of S3. */
function accessLogsOf(service: Addressed["service"], environment: Addressed["environment"]): string {
  const { region, name } = environment;
  const prefix = `${ACCESS_LOG_PREFIXES.cloudFront}/paved-${name}-${service.name}/`;
  const query = new URLSearchParams({ region, prefix });
  return `https://${region}.console.aws.amazon.com/s3/buckets/${accessLogsBucketName(environment)}?${query}`;
}

/** Explore reads what it is to show from `panes` (Grafana documentation, "Explore", "Generate Explore URLs from external tools"). */
function explore(environment: Addressed["environment"], asked: ExploreQuery): string {
  const pane = {
    datasource: asked.datasource.uid,
    queries: [{ refId: "A", ...asked }],
    range: { from: "now-1h", to: "now" },
  };
  const query = new URLSearchParams({ schemaVersion: "1", panes: JSON.stringify({ service: pane }), orgId: "1" });
  return `${grafana(environment)}/explore?${query}`;
}

/** Grafana refuses longer ones. */
const UID_LENGTH = 40;

/**
 * Identity of the service's dashboard: `orders-production`. It stays the same as long as service and environment are
 * called the same; a long name is cut and told from others by a hash.
 */
export function dashboardUid(service: { readonly name: string }, environment: { readonly name: string }): string {
  const full = `${service.name}-${environment.name}`;
  return full.length <= UID_LENGTH ? full : `${full.slice(0, UID_LENGTH - 9)}-${fnv1a(full)}`;
}

/** The 32-bit hash of Fowler, Noll and Vo, as eight hexadecimal digits. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * What to do about an alert: the service's runbook, at the alert's heading. `PodsNotReady` is `#pods-not-ready`, as Markdown
 * makes it of "Pods not ready". A runbook that is an anchor already is left as it is.
 */
export function runbookOf(service: { readonly runbook: string }, alert: string): string {
  if (service.runbook.includes("#")) return service.runbook;
  return `${service.runbook}#${alert.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase()}`;
}
