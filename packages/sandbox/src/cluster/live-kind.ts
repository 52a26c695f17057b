import { familyOf } from "../store/family";
import type { Cluster, ClusterKind } from "./cluster";
import type { Renamed } from "./field-names";

/** A resource type whose objects are written to an API server. */
export interface LiveKind extends ClusterKind {
  readonly renamed: Renamed;
  /** Whether Kubernetes makes the object itself, and the provider takes it over. */
  readonly isAdopted: boolean;
}

interface Particular {
  readonly kind?: string;
  readonly renamed?: Renamed;
  readonly isAdopted?: boolean;
}

/** Types that are not called as their kind is, or have attributes that are not called as their fields are. */
const PARTICULAR: Readonly<Record<string, Particular>> = {
  kubernetes_default_service_account: { kind: "serviceaccount", isAdopted: true },
  kubernetes_daemon_set: { renamed: { strategy: "updateStrategy" } },
  kubernetes_daemonset: { renamed: { strategy: "updateStrategy" } },
  kubernetes_storage_class: { renamed: { storage_provisioner: "provisioner" } },
};

/** What a secret holds stays in the sandbox's own store: it is not copied to one more place. */
const EMULATED = new Set(["kubernetes_secret"]);

/**
 * How objects of a type are written to a cluster: `kubernetes_network_policy_v1` is the kind NetworkPolicy of version v1.
 * @returns undefined for types of other providers, and of kinds that the API server does not have; those are emulated
 */
export async function liveKindOf(type: string, cluster: Cluster): Promise<LiveKind | undefined> {
  const family = familyOf(type);
  if (!type.startsWith("kubernetes_") || EMULATED.has(family)) return undefined;
  const { kind: name, renamed = {}, isAdopted = false } = PARTICULAR[family] ?? {};
  const [, words = "", version = "v1"] = /^kubernetes_(.+?)(?:_(v\d+(?:(?:alpha|beta)\d+)?))?$/.exec(type) ?? [];
  const called = name ?? words.replaceAll("_", "");
  const kind = await cluster.kind(called, version);
  return kind && { ...kind, renamed, isAdopted };
}
