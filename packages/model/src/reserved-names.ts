/** Stacks that every environment has beside those of its services. */
const PLATFORM_STACKS: readonly string[] = ["state", "access", "network", "cluster", "cluster-autoscaler", "platform"];

/** Namespaces that the platform makes or delivers in every cluster. `test/reserved-names.test.ts` compares them with what synth makes. */
const PLATFORM_NAMESPACES: readonly string[] = [
  "argocd",
  "aws-load-balancer-controller",
  "cert-manager",
  "cloudwatch-exporter",
  "database-access",
  "external-dns",
  "external-secrets",
  "flux-system",
  "gateway",
  "keda",
  "metrics-server",
  "monitoring",
  "pod-logs",
];

/** Names that no service can have, since the platform's stacks and namespaces have them. */
export const PLATFORM_NAMES: readonly string[] = [...PLATFORM_STACKS, ...PLATFORM_NAMESPACES];

/**
 * Whether a name is Kubernetes' or the platform's, so that no service can be called so: its namespace would be theirs.
 * Kubernetes keeps `default` and all that begins with `kube-` ("Namespaces", "Initial namespaces").
 */
export function isReservedName(name: string): boolean {
  return name === "default" || name.startsWith("kube-") || PLATFORM_NAMES.includes(name);
}
