import { hasPods, keepsRunning, type ObservedService } from "../observed";
import { series } from "../promql";
import type { Alert } from "./alert";

/** Share of the memory limit, 0 to 1, above which a pod is about to be killed. */
const MEMORY_SHARE = 0.9;
/** Share of the time, 0 to 1, in which a pod waited for CPU that its limit denies it. */
const THROTTLED_SHARE = 0.25;

/** What is wrong with the pods of a service, by what kube-state-metrics and the kubelet tell. */
export function podAlerts(observed: ObservedService): readonly Alert[] {
  if (!hasPods(observed.kind)) return [];
  return [...containerAlerts(observed), ...(keepsRunning(observed.kind) ? replicaAlerts(observed) : [])];
}

function containerAlerts({ name, kind }: ObservedService): readonly Alert[] {
  const container = { namespace: name, container: name };
  const state = (metric: string, reason: string) =>
    series(`kube_pod_container_status_${metric}`, { ...container, reason });
  const restarts = series("kube_pod_container_status_restarts_total", container);
  const killed = keepsRunning(kind)
    ? `increase(${restarts}[15m]) > 0 and on (pod) ${state("last_terminated_reason", "OOMKilled")} == 1`
    : `${state("terminated_reason", "OOMKilled")} == 1`;
  const throttled = (periods: string) =>
    `sum by (pod) (increase(${series(`container_cpu_cfs_${periods}_total`, container)}[5m]))`;
  const used = `max by (pod) (${series("container_memory_working_set_bytes", container)})`;
  const allowed = `max by (pod) (${series("kube_pod_container_resource_limits", { ...container, resource: "memory" })})`;
  return [
    {
      name: "PodsOutOfMemory",
      expr: killed,
      minutes: 0,
      urgency: "ticket",
      summary: "{{ $labels.pod }} was killed for using more memory than it may",
      description: "Either it keeps what it does not need, or its size is too small for what it does.",
    },
    {
      name: "MemoryNearLimit",
      expr: `${used} / ${allowed} > ${MEMORY_SHARE}`,
      minutes: 15,
      urgency: "ticket",
      summary: "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of the memory it may",
      description: "At 100 % it is killed. Either it keeps what it does not need, or its size is too small.",
    },
    {
      name: "CpuThrottled",
      expr: `${throttled("throttled_periods")} / ${throttled("periods")} > ${THROTTLED_SHARE}`,
      minutes: 30,
      urgency: "ticket",
      summary: "{{ $labels.pod }} waits for CPU {{ $value | humanizePercentage }} of the time",
      description: "Its CPU limit slows it down. A larger size, or more pods, give it more.",
    },
  ];
}

function replicaAlerts({ name, kind }: ObservedService): readonly Alert[] {
  const deployment = { namespace: name, deployment: name };
  const ready = series("kube_deployment_status_replicas_ready", deployment);
  const wanted = series("kube_deployment_spec_replicas", deployment);
  const looping = series("kube_pod_container_status_waiting_reason", {
    namespace: name,
    container: name,
    reason: "CrashLoopBackOff",
  });
  const scaler = { namespace: name, horizontalpodautoscaler: scalerName(name, kind) };
  const most = series("kube_horizontalpodautoscaler_spec_max_replicas", scaler);
  const least = series("kube_horizontalpodautoscaler_spec_min_replicas", scaler);
  const now = series("kube_horizontalpodautoscaler_status_current_replicas", scaler);
  return [
    {
      name: "PodsCrashLooping",
      expr: `max_over_time(${looping}[5m]) >= 1`,
      minutes: 15,
      urgency: "ticket",
      summary: "{{ $labels.pod }} starts and ends again and again",
      description: "Its last words are in the logs. A release that began with it is best taken back.",
    },
    {
      name: "NoPodsReady",
      expr: `${ready} == 0 and ${wanted} > 0`,
      minutes: 5,
      urgency: "page",
      summary: "not one pod is ready",
      description: "The service does nothing. Events of the namespace say why pods do not start or are not ready.",
    },
    {
      name: "PodsNotReady",
      expr: `${ready} < ${wanted}`,
      minutes: 15,
      urgency: "ticket",
      summary: "only {{ $value }} pods are ready",
      description: "Fewer than are wanted. Events of the namespace say why pods do not start or are not ready.",
    },
    {
      name: "ScaledToMaximum",
      expr: `${now} >= ${most} and ${most} > ${least}`,
      minutes: 30,
      urgency: "ticket",
      summary: "runs as many pods as it may, {{ $value }}",
      description: "More load finds no more pods. Either the load is not what it should be, or `scale.max` is too low.",
    },
  ];
}

/** Name of what scales the pods: KEDA makes its own for a worker. */
export function scalerName(name: string, kind: ObservedService["kind"]): string {
  return kind === "worker" ? `keda-hpa-${name}` : name;
}
