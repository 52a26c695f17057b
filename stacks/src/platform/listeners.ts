import type { Environment } from "@paved/model";
import { grafanaHost, grpcHost, MONITORING_NAMESPACE } from "@paved/modules";

/** Whose routes may attach: those of namespaces that the selector finds, and no others. */
type Selector =
  | { readonly matchLabels: Readonly<Record<string, string>> }
  | { readonly matchExpressions: { readonly key: string; readonly operator: string }[] };

/** Namespaces of services, all of which bear their names. */
const SERVICES: Selector = { matchExpressions: [{ key: "paved.dev/service", operator: "Exists" }] };

function https(name: string, hostname: string, selector: Selector) {
  const allowedRoutes = { namespaces: { from: "Selector" as const, selector } };
  return { name, protocol: "HTTPS", port: 443, hostname, allowedRoutes };
}

/** Name of the gateway's listener for Grafana. */
export const GRAFANA_LISTENER = "grafana";

/**
 * What the environment's public gateway listens to: its domain and its host of gRPC services, for routes of every service,
 * and Grafana's host, for its own namespace alone.
 */
export function listeners(environment: Environment) {
  const monitoring = { matchLabels: { "kubernetes.io/metadata.name": MONITORING_NAMESPACE } };
  return [
    https("https", environment.domain, SERVICES),
    https("grpc", grpcHost(environment), SERVICES),
    https(GRAFANA_LISTENER, grafanaHost(environment), monitoring),
  ];
}
