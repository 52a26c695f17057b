import type { Environment } from "@paved/model";

/** Host of the environment's Grafana. */
export function grafanaHost({ domain }: Pick<Environment, "domain">): string {
  return `grafana.${domain}`;
}

/**
 * Host that gRPC services are reached at: one of their own, since of an HTTPRoute and a GRPCRoute with the same host at one
 * listener only one may be accepted (Gateway API reference, "GRPCRoute").
 */
export function grpcHost({ domain }: Pick<Environment, "domain">): string {
  return `grpc.${domain}`;
}

/** Every host that the environment's public gateway answers for: the domain and gRPC's, for routes of services, and Grafana's. */
export function gatewayHosts(environment: Pick<Environment, "domain">): readonly string[] {
  return [environment.domain, grpcHost(environment), grafanaHost(environment)];
}
