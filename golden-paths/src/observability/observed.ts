import type { Environment, ServiceMetadata } from "@paved/model";
import { MONITORING_NAMESPACE } from "@paved/modules";
import { selector } from "../manifests/pod-facts";

/** How a service is used, which is what decides what is measured of it. */
export type ServiceKind = "http" | "grpc" | "worker" | "job" | "site";

/** What a service promises its users over 30 days. */
export interface ObjectiveOptions {
  /** Share of the work that does not fail, in percent: 95 to 99.999. @default - by tier: 99.9, 99.5 or 99 */
  readonly availability?: number;
  /** Milliseconds within which 99 of 100 pieces of work are done. @default - nothing is promised about time */
  readonly latencyMs?: number;
}

/** What dashboards, alerts and objectives are made from: one service in one environment, as plain values that are known at synth. */
export interface ObservedService {
  /** Construct path, named in errors. */
  readonly where: string;
  readonly service: ServiceMetadata;
  readonly environment: Environment;
  readonly kind: ServiceKind;
  /** Name of the workload, its container and its namespace. */
  readonly name: string;
  /** The golden path, for example `node-api@1`. */
  readonly goldenPath: string;
  /** What it promises. @default - what its tier promises, see {@link ObjectiveOptions} */
  readonly objectives?: ObjectiveOptions;
  /** Routes of an HTTP service that no user asks for, left out of its figures. @default ["/healthz", "/readyz", "/metrics"] */
  readonly unmeasuredRoutes?: readonly string[];
  /** Minutes after which a run of a job is ended. @default 60 */
  readonly timeoutMinutes?: number;
  /** Its queue on SQS, where messages that failed too often go, and for how long a message is hidden. @default - it has none */
  readonly queue?: { readonly name: string; readonly deadLetterName: string; readonly visibilitySeconds: number };
  /** RDS instance identifier. @default - it has no database */
  readonly database?: { readonly identifier: string };
  /** ElastiCache replication group id. @default - it has no cache */
  readonly cache?: { readonly identifier: string };
  /** Its topic on SNS. @default - it has none */
  readonly topic?: { readonly name: string };
  /** Name of what copies its secrets into the cluster. @default - it reads none */
  readonly externalSecret?: string;
}

/** Whether the service runs in the cluster; a site does not. */
export function hasPods(kind: ServiceKind): boolean {
  return kind !== "site";
}

/** Whether the service's pods run until they are told to end; those of a job end by themselves. */
export function keepsRunning(kind: ServiceKind): boolean {
  return hasPods(kind) && kind !== "job";
}

/**
 * Metadata of a manifest about a service. A site has no namespace in the cluster: what is observed of it stands beside
 * Prometheus.
 *
 * @param suffix what the manifest is, the end of its name
 */
export function observedMetadata(observed: ObservedService, suffix: string) {
  const { service, name, kind } = observed;
  return {
    name: `${name}-${suffix}`,
    namespace: hasPods(kind) ? name : MONITORING_NAMESPACE,
    labels: {
      ...selector({ name }),
      "app.kubernetes.io/part-of": service.name,
      "app.kubernetes.io/managed-by": "paved",
      "backstage.io/kubernetes-id": service.name,
      "paved.dev/owner": service.owner,
      "paved.dev/tier": String(service.tier),
    },
  };
}
