import type { Environment } from "@paved/model";
import type { HelmChart } from "../helm-chart";
import type { HelmValue } from "../values";

/** What an add-on needs to know of the environment beyond its data. */
export interface PlatformFacts {
  /** Name of the cluster, from `cluster@1`. */
  readonly clusterName: string;
  /** Network of the cluster, from `network@1`. */
  readonly vpcId: string;
}

/** {@link PlatformFacts} of an add-on that is monitored: the monitoring stack brings the kinds its monitors are of. */
export interface MonitoredFacts extends PlatformFacts {
  /** What `kubePrometheusStack` gave. */
  readonly monitoring: HelmChart;
}

/** What reading CloudWatch's figures takes. None of these can be held to single resources. */
export const CLOUDWATCH_READING = [
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListMetrics",
  "tag:GetResources",
] as const;

/** Where what pods write is kept: by its name, and by the ARN that everything in it is named below. */
export function podLogGroup({ name, region, account }: Pick<Environment, "name" | "region" | "account">) {
  const group = `/paved/${name}/pods`;
  return { name: group, arn: `arn:aws:logs:${region}:${account}:log-group:${group}` };
}

/** Days that Prometheus keeps what it read: the 30 over which services promise something, and some to look back. */
export const METRICS_DAYS = 35;

/** Two pods of everything that may have two: one is always there while nodes are replaced. */
export const REPLICAS = 2;

/** CPU and memory a container is promised; memory is the ceiling too, CPU has none. */
export function resources(cpu: string, memory: string): HelmValue {
  return { requests: { cpu, memory }, limits: { memory } };
}

/** Keeps pods of one kind on different nodes and zones, where there are some. */
export function spread(labels: Readonly<Record<string, string>>): HelmValue {
  return ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: labels },
  }));
}
