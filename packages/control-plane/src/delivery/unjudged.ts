/** Kinds whose controllers do not run here, so that nothing ever says of them that they are ready: group and kind. */
const UNJUDGED = [
  "cert-manager.io_Certificate",
  "cert-manager.io_ClusterIssuer",
  "external-secrets.io_ClusterSecretStore",
  "external-secrets.io_ExternalSecret",
  "gateway.networking.k8s.io_Gateway",
  "gateway.networking.k8s.io_GatewayClass",
  "gateway.networking.k8s.io_GRPCRoute",
  "gateway.networking.k8s.io_HTTPRoute",
  "autoscaling_HorizontalPodAutoscaler",
  "keda.sh_ScaledObject",
] as const;

const HEALTHY = [
  "hs = {}",
  'hs.status = "Healthy"',
  'hs.message = "not judged: no controller of this kind runs in the sandbox"',
  "return hs",
].join("\n");

/**
 * Settings by which Argo CD takes such objects for healthy, and says that they are not judged: services would otherwise
 * wait for them for ever.
 */
export function unjudgedHealth(): Readonly<Record<string, string>> {
  return Object.fromEntries(UNJUDGED.map((kind) => [`resource.customizations.health.${kind}`, `${HEALTHY}\n`]));
}
