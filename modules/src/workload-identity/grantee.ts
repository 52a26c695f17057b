import type { WorkloadIdentity } from "./workload-identity";

/** What may be granted something: a workload with an identity, settings, and a way out of its network policy. */
export interface Grantee {
  /** The pods' cloud identity. */
  readonly identity: WorkloadIdentity;
  /** Publishes a fact to the workload's ConfigMap, as an environment variable. */
  provide(key: string, value: string): void;
  /** Permits pods to open connections to the subnets that databases, caches and the AWS endpoints stand in. */
  allowEgress(rule: { readonly to: "intra-subnets"; readonly port: number }): void;
  /** Gives pods the certificate of the authority that databases show theirs of. */
  trustDatabases(): void;
}

/** Port of every AWS endpoint. */
const HTTPS = 443;

/** Lets the workload call AWS through the endpoints of the network, in the environment's region. */
export function reachAws(workload: Grantee, region: string): void {
  workload.allowEgress({ to: "intra-subnets", port: HTTPS });
  workload.provide("AWS_REGION", region);
}
