/** What pods may do to the node, by the Pod Security Standards of Kubernetes. */
export type PodSecurityLevel = "restricted" | "baseline" | "privileged";

const LABEL = "pod-security.kubernetes.io";

/**
 * Labels that make the API server refuse pods below the level, and warn about those that are not restricted. The version
 * is the cluster's and not `latest`, so that a stricter standard comes with the reviewed step to a new Kubernetes.
 */
export function podSecurityLabels(enforce: PodSecurityLevel, kubernetesVersion: string): Record<string, string> {
  const levels = { enforce, audit: "restricted", warn: "restricted" };
  return Object.fromEntries(
    Object.entries(levels).flatMap(([mode, level]) => [
      [`${LABEL}/${mode}`, level],
      [`${LABEL}/${mode}-version`, `v${kubernetesVersion}`],
    ]),
  );
}
