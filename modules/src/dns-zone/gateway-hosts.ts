import type { Environment } from "@paved/model";

/** Host of the environment's Grafana. */
export function grafanaHost({ domain }: Pick<Environment, "domain">): string {
  return `grafana.${domain}`;
}

/** Every host that the environment's public gateway answers for: the domain, for routes of services, and Grafana's. */
export function gatewayHosts(environment: Pick<Environment, "domain">): readonly string[] {
  return [environment.domain, grafanaHost(environment)];
}
