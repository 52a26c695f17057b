import type { ClusterReader, KubernetesEvent, List } from "./api";

/** Something that Kubernetes noted. */
export interface WorkloadEvent {
  /** When it was last seen, as RFC 3339. */
  readonly at: string;
  readonly type: string;
  readonly reason: string;
  /** What it is about, for example `pod/orders-6d4c`. */
  readonly about: string;
  readonly message: string;
  /** How often it was seen. */
  readonly count: number;
}

/** What Kubernetes noted in a namespace, the latest last. Kubernetes forgets it after an hour. */
export async function eventsIn(reader: ClusterReader, namespace: string): Promise<readonly WorkloadEvent[]> {
  const { items } = await reader.get<List<KubernetesEvent>>(`/api/v1/namespaces/${namespace}/events`);
  return items.map(eventOf).toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

function eventOf(event: KubernetesEvent): WorkloadEvent {
  const { metadata, series, involvedObject, type = "Normal", reason = "", message = "" } = event;
  const at = [series?.lastObservedTime, event.lastTimestamp, event.eventTime, metadata.creationTimestamp];
  return {
    at: at.find((time) => time !== undefined && time !== null) ?? "",
    type,
    reason,
    about: `${involvedObject.kind.toLowerCase()}/${involvedObject.name}`,
    message: message.trim(),
    count: series?.count ?? event.count ?? 1,
  };
}
