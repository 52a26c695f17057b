import type { Kustomization } from "./api";
import type { DeliveryStatus } from "./delivery-status";

/** A revision as Flux writes it, `delivery@sha1:<commit>`, is a commit of a branch. */
const COMMIT = /@sha1:([0-9a-f]+)$/;

/**
 * What Flux says of a Kustomization, in the words that Argo CD has for the same: what is applied and does not become ready is
 * `Synced` and `Degraded`, what is on its way `Progressing`, and what cannot be applied `OutOfSync`.
 */
export function kustomizationStatus({ status = {}, metadata }: Kustomization): DeliveryStatus {
  const { conditions = [], lastAppliedRevision, lastAttemptedRevision, observedGeneration } = status;
  const ready = conditions.find(({ type }) => type === "Ready");
  // What it says of a spec that has changed since is said of another one.
  const isCurrent = metadata?.generation === undefined || metadata.generation === observedGeneration;
  const by = "flux" as const;
  if (ready?.status === "True" && isCurrent)
    return {
      by,
      sync: "Synced",
      health: "Healthy",
      revision: commitOf(lastAppliedRevision),
      at: ready.lastTransitionTime,
    };
  const said = {
    by,
    revision: commitOf(lastAttemptedRevision),
    at: ready?.lastTransitionTime,
    message: ready?.message,
  };
  if (ready?.status !== "False" || !isCurrent) return { ...said, sync: "Unknown", health: "Progressing" };
  if (ready.reason === "HealthCheckFailed") return { ...said, sync: "Synced", health: "Degraded" };
  return { ...said, sync: "OutOfSync", health: "Unknown" };
}

function commitOf(revision: string | undefined): string | undefined {
  return COMMIT.exec(revision ?? "")?.[1];
}
