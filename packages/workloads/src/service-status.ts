import type { Deliverer } from "@paved/model";
import { type DeliveryStatus, deliveryStatus } from "./delivery-status";
import { kustomizationStatus } from "./kustomization-status";
import type { ClusterReader, CronJob, Deployment, List, Pod, PodMetrics, ReplicaSet, ResourceQuota } from "./api";
import { type PodStatus, podStatus } from "./pod-status";
import { type ScheduleStatus, scheduleStatus } from "./schedule-status";
import { type WorkloadStatus, workloadStatus } from "./workload-status";

/** How much of a quota is used. */
export interface QuotaUse {
  /** For example `pods` or `requests.cpu`. */
  readonly name: string;
  readonly used: string;
  readonly hard: string;
}

/** A service in one environment as it is now. */
export interface ServiceStatus {
  readonly workloads: readonly WorkloadStatus[];
  readonly schedules: readonly ScheduleStatus[];
  readonly pods: readonly PodStatus[];
  readonly quota: readonly QuotaUse[];
  /** What delivers says. @default - nothing delivers there, or whoever asks may not see it */
  readonly delivery?: DeliveryStatus;
}

/**
 * Reads what runs of a service, with the rights of whoever asks.
 * @param options its namespace, which is called as it is, and what delivers there
 * @throws whatever the reader throws for pods and deployments; metrics and applications may be refused
 */
export async function readServiceStatus(
  reader: ClusterReader,
  { namespace, delivery }: { readonly namespace: string; readonly delivery: Deliverer },
): Promise<ServiceStatus> {
  const within = `namespaces/${namespace}`;
  const [pods, deployments, cronJobs, sets, quotas, metrics, delivered] = await Promise.all([
    reader.get<List<Pod>>(`/api/v1/${within}/pods`),
    reader.get<List<Deployment>>(`/apis/apps/v1/${within}/deployments`),
    reader.get<List<CronJob>>(`/apis/batch/v1/${within}/cronjobs`),
    reader.get<List<ReplicaSet>>(`/apis/apps/v1/${within}/replicasets`),
    reader.get<List<ResourceQuota>>(`/api/v1/${within}/resourcequotas`),
    ifSeen(reader.get<List<PodMetrics>>(`/apis/metrics.k8s.io/v1beta1/${within}/pods`)),
    ifSeen(deliveredBy(delivery, reader, namespace)),
  ]);
  const usage = new Map(metrics?.items.map((one) => [one.metadata.name, one]));
  return {
    workloads: deployments.items.map((one) => workloadStatus(one, sets.items)),
    schedules: cronJobs.items.map(scheduleStatus),
    pods: pods.items.map((pod) => podStatus(pod, usage.get(pod.metadata.name))),
    quota: quotas.items.flatMap(({ status = {} }) =>
      Object.entries(status.hard ?? {}).map(([name, hard]) => ({ name, hard, used: status.used?.[name] ?? "0" })),
    ),
    delivery: delivered,
  };
}

/** Whether all is as it is wanted: something runs, every rollout is settled, and what delivers says, if anything, is good. */
export function isWell({ workloads, schedules, delivery }: ServiceStatus): boolean {
  const isDelivered = delivery === undefined || (delivery.sync === "Synced" && delivery.health === "Healthy");
  const isThere = workloads.length + schedules.length > 0;
  return isThere && isDelivered && workloads.every(({ rollout }) => rollout === "settled");
}

/** What is delivered to a service's namespace is called as it is. */
async function deliveredBy(delivery: Deliverer, reader: ClusterReader, name: string): Promise<DeliveryStatus> {
  if (delivery === "argo-cd")
    return deliveryStatus(await reader.get(`/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`));
  return kustomizationStatus(
    await reader.get(`/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/${name}`),
  );
}

async function ifSeen<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const { status } = error as { readonly status?: number };
    if (status === 403 || status === 404 || status === 503) return undefined;
    throw error;
  }
}
