export type { Application, ClusterReader, Kustomization } from "./api";
export { type DeliveryStatus, deliveryStatus } from "./delivery-status";
export { kustomizationStatus } from "./kustomization-status";
export { eventsIn, type WorkloadEvent } from "./events";
export { type ContainerLog, logsIn, type LogsWanted } from "./logs";
export type { Amount, PodStatus } from "./pod-status";
export type { ScheduleStatus } from "./schedule-status";
export { isWell, type QuotaUse, readServiceStatus, type ServiceStatus } from "./service-status";
export type { WorkloadStatus } from "./workload-status";
