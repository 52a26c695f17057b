import { scalerName } from "../alerts/pod-alerts";
import { hasPods, keepsRunning, type ObservedService } from "../observed";
import { series } from "../promql";
import type { Panel, Row } from "./panel";

/** Use, saturation and errors of the service's pods. A site has no such row. */
export function podRow(observed: ObservedService): readonly Row[] {
  if (!hasPods(observed.kind)) return [];
  const panels = keepsRunning(observed.kind)
    ? [...replicas(observed), ...containers(observed), restarts(observed), killed(observed, "last_terminated_reason")]
    : [...containers(observed), killed(observed, "terminated_reason")].map((panel) => ({
        ...panel,
        width: 12 as const,
      }));
  return [{ title: "Pods", panels }];
}

function replicas({ name, kind }: ObservedService): readonly Panel[] {
  const deployment = { namespace: name, deployment: name };
  const scaler = { namespace: name, horizontalpodautoscaler: scalerName(name, kind) };
  const scale = (figure: string) => `max(${series(`kube_horizontalpodautoscaler_${figure}_replicas`, scaler)})`;
  return [
    {
      title: "Pods ready and wanted",
      unit: "short",
      queries: [
        { expr: `max(${series("kube_deployment_status_replicas_ready", deployment)})`, legend: "ready" },
        { expr: `max(${series("kube_deployment_spec_replicas", deployment)})`, legend: "wanted" },
        { expr: scale("spec_min"), legend: "fewest" },
        { expr: scale("spec_max"), legend: "most" },
      ],
    },
  ];
}

function containers({ name }: ObservedService): readonly Panel[] {
  const container = { namespace: name, container: name };
  const rate = (metric: string) => `sum by (pod) (rate(${series(metric, container)}[$__rate_interval]))`;
  const resource = (kind: "limits" | "requests", what: "cpu" | "memory") =>
    `max(${series(`kube_pod_container_resource_${kind}`, { ...container, resource: what })})`;
  return [
    {
      title: "CPU",
      description: "Cores in use. What a pod is promised it always gets; up to its limit it gets what is to spare.",
      unit: "short",
      queries: [
        { expr: rate("container_cpu_usage_seconds_total"), legend: "{{pod}}" },
        { expr: resource("requests", "cpu"), legend: "promised" },
        { expr: resource("limits", "cpu"), legend: "limit" },
      ],
    },
    {
      title: "Waiting for CPU",
      description: "Share of the time in which a pod wanted more CPU than its limit gives it, and stood still.",
      unit: "percentunit",
      redAbove: 0.25,
      queries: [
        {
          expr: `${rate("container_cpu_cfs_throttled_periods_total")} / ${rate("container_cpu_cfs_periods_total")}`,
          legend: "{{pod}}",
        },
      ],
    },
    {
      title: "Memory",
      description: "What cannot be given back. A pod that reaches its limit is killed.",
      unit: "bytes",
      queries: [
        {
          expr: `max by (pod) (${series("container_memory_working_set_bytes", container)})`,
          legend: "{{pod}}",
        },
        { expr: resource("limits", "memory"), legend: "limit" },
      ],
    },
  ];
}

function restarts({ name }: ObservedService): Panel {
  const counted = series("kube_pod_container_status_restarts_total", { namespace: name, container: name });
  return {
    title: "Restarts",
    unit: "short",
    queries: [{ expr: `sum by (pod) (increase(${counted}[$__rate_interval]))`, legend: "{{pod}}" }],
  };
}

/** Pods of a job are not started again: how they ended is how they are. */
function killed({ name }: ObservedService, reason: "last_terminated_reason" | "terminated_reason"): Panel {
  const labels = { namespace: name, container: name, reason: "OOMKilled" };
  return {
    title: "Killed for memory",
    description: "Pods whose last end was that they used more memory than they may.",
    unit: "short",
    redAbove: 1,
    queries: [{ expr: `sum by (pod) (${series(`kube_pod_container_status_${reason}`, labels)})`, legend: "{{pod}}" }],
  };
}
