import { dev } from "@paved/environments/src/dev";
import { production } from "@paved/environments/src/production";
import type { ServiceMetadata } from "@paved/model";
import type { Manifest } from "../../src/manifests/manifest";
import type { ObservedService, ServiceKind } from "../../src/observability/observed";

export const KINDS: readonly ServiceKind[] = ["http", "grpc", "worker", "job", "site"];

export const orders: ServiceMetadata = {
  name: "orders",
  owner: "commerce",
  tier: 1,
  onCall: "commerce-primary",
  runbook: "https://runbooks.example.com/orders",
};

const GOLDEN_PATHS = {
  http: "node-api@1",
  grpc: "grpc-service@1",
  worker: "python-worker@1",
  job: "python-worker@1",
  site: "react-frontend@1",
};

/** A service that says nothing but what it is, in dev. */
export function minimal(kind: ServiceKind): ObservedService {
  return {
    where: "dev-orders/api",
    service: orders,
    environment: dev,
    kind,
    name: "orders",
    goldenPath: GOLDEN_PATHS[kind],
  };
}

/** A service that has and promises all that its kind can, in production. */
export function full(kind: ServiceKind): ObservedService {
  const measured = kind !== "job" && kind !== "site";
  return {
    ...minimal(kind),
    where: "production-orders/api",
    environment: production,
    ...(kind === "job" ? { timeoutMinutes: 30 } : { objectives: { availability: 99.95 } }),
    ...(measured ? { objectives: { availability: 99.95, latencyMs: 250 } } : {}),
    ...(kind === "http" ? { unmeasuredRoutes: ["/live.txt"] } : {}),
    ...(kind === "site"
      ? {}
      : {
          queue: {
            name: "paved-production-orders",
            deadLetterName: "paved-production-orders-dead-letters",
            visibilitySeconds: 120,
          },
          database: { identifier: "orders-production" },
          cache: { identifier: "orders-production" },
          topic: { name: "paved-production-orders" },
          externalSecret: "orders-secrets",
        }),
  };
}

/** Every kind, as little and as much as it can be. */
export const ALL: readonly (readonly [string, ObservedService])[] = KINDS.flatMap((kind) => [
  [`${kind}, minimal`, minimal(kind)] as const,
  [`${kind}, everything`, full(kind)] as const,
]);

export interface Target {
  readonly refId: string;
  readonly expr?: string;
  readonly dimensions?: Readonly<Record<string, string | readonly string[]>>;
  readonly metricName?: string;
  readonly region?: string;
}

export interface GrafanaPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly Target[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
}

export interface GrafanaDashboard {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly templating: { readonly list: readonly unknown[] };
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
  readonly panels: readonly GrafanaPanel[];
}

/** The dashboard that Grafana reads from the manifest. */
export function grafana(manifest: Manifest): GrafanaDashboard {
  const { data } = manifest as unknown as { data: Record<string, string> };
  const [json = ""] = Object.values(data);
  return JSON.parse(json) as GrafanaDashboard;
}

export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** All rules that Prometheus reads from the manifest. */
export function rules(manifest: Manifest): readonly Rule[] {
  const { spec } = manifest as unknown as { spec: { groups: readonly { rules: readonly Rule[] }[] } };
  return spec.groups.flatMap((group) => group.rules);
}

/** The alerting rules among them. */
export function alerts(manifest: Manifest): readonly Rule[] {
  return rules(manifest).filter((rule) => rule.alert !== undefined);
}
