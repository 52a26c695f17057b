import type { Deployment, ReplicaSet } from "./api";

/** One deployment as it is now. */
export interface WorkloadStatus {
  readonly name: string;
  /** Pods that are wanted. */
  readonly wanted: number;
  /** Pods that are ready, of this version or the one before. */
  readonly ready: number;
  /** Pods of this version. */
  readonly updated: number;
  /** `settled` when all that is wanted is of this version and ready; `stuck` when Kubernetes gave up or cannot make pods. */
  readonly rollout: "settled" | "rolling out" | "stuck";
  /** What Kubernetes says of a rollout that is stuck. */
  readonly message?: string;
  /** Digests of the images that it runs, or images as they are named where they have none. */
  readonly images: readonly string[];
  /** When this version was rolled out, as RFC 3339. @default - never */
  readonly deployedAt?: string;
}

const REVISION = "deployment.kubernetes.io/revision";

/** What is known of a deployment. @param sets the replica sets of its namespace */
export function workloadStatus(deployment: Deployment, sets: readonly ReplicaSet[]): WorkloadStatus {
  const { metadata, spec, status = {} } = deployment;
  const { replicas = 0, readyReplicas: ready = 0, updatedReplicas: updated = 0 } = status;
  const wanted = spec.replicas ?? 1;
  const trouble = troubleOf(deployment);
  const isSeen = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  // Pods of the version before are ready as well, for as long as those of this one are not.
  const isSettled = isSeen && ready >= wanted && updated >= wanted && replicas <= updated;
  return {
    name: metadata.name,
    wanted,
    ready,
    updated,
    rollout: isSettled ? "settled" : trouble === undefined ? "rolling out" : "stuck",
    message: isSettled ? undefined : trouble,
    images: [...new Set(spec.template.spec.containers.map(({ image }) => image.split("@").at(-1)!))],
    deployedAt: newestOf(metadata.name, sets)?.metadata.creationTimestamp,
  };
}

function troubleOf({ status }: Deployment): string | undefined {
  const { conditions = [] } = status ?? {};
  const failure = conditions.find(({ type, status: is }) => type === "ReplicaFailure" && is === "True");
  const late = conditions.find(({ type, status: is }) => type === "Progressing" && is === "False");
  return failure?.message ?? late?.message;
}

function newestOf(name: string, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  const own = sets.filter(({ metadata }) =>
    metadata.ownerReferences?.some((owner) => owner.kind === "Deployment" && owner.name === name),
  );
  const revision = ({ metadata }: ReplicaSet): number => Number(metadata.annotations?.[REVISION] ?? 0);
  return own.toSorted((one, other) => revision(other) - revision(one))[0];
}
