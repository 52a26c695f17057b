/** Construct ids that a stack gives itself: its backend, its providers, and the cluster that they reach. */
const OWN = new Set(["aws", "backend", "helm", "kubernetes", "kubernetes-cluster"]);

/** Whether a stack uses the construct id itself, or may come to: for a provider, its state, or a contract that it reads. */
export function isOwnId(id: string): boolean {
  return OWN.has(id) || id.startsWith("contract-");
}
