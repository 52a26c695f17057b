import type { Deliverer } from "@paved/model";
import type { Application } from "./api";

/** What Argo CD or Flux says of a service. */
export interface DeliveryStatus {
  /** Which of them says it. */
  readonly by: Deliverer;
  /** For example `Synced`. */
  readonly sync: string;
  /** For example `Healthy`. */
  readonly health: string;
  /** The commit that it is at. @default - none was ever synced */
  readonly revision?: string;
  /** When the last sync ended, as RFC 3339. @default - none ever did */
  readonly at?: string;
  /** What is wrong, in its words. @default - nothing */
  readonly message?: string;
}

/** What Argo CD says of an application. */
export function deliveryStatus({ status = {} }: Application): DeliveryStatus {
  const { sync, health, operationState, conditions = [] } = status;
  const failed = operationState?.phase !== undefined && !["Succeeded", "Running"].includes(operationState.phase);
  const errors = conditions.filter(({ type }) => type.endsWith("Error")).map(({ message }) => message);
  return {
    by: "argo-cd",
    sync: sync?.status ?? "Unknown",
    health: health?.status ?? "Unknown",
    revision: sync?.revision === "" ? undefined : sync?.revision,
    at: operationState?.finishedAt,
    // What stands against it now, before how the last sync ended.
    message: errors[0] ?? (failed ? operationState.message : undefined) ?? health?.message,
  };
}
