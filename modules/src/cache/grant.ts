import { deriveName, type Environment } from "@paved/model";
import type { Contract } from "../contract/contract";
import type { Grantee } from "../workload-identity/grantee";

/** Port of Valkey. */
export const PORT = 6379;

const FIELDS = { arn: "string", host: "string" } as const;

/** What a service tells others of its cache. */
export function cacheContract(name: string): Contract<typeof FIELDS> {
  return { name: `cache-${name}`, version: 1, fields: FIELDS };
}

/** Which cache is granted, and by which variables the workload finds it. */
export interface GrantedCache {
  /** Name of the replication group, which sign-in tokens are made for. */
  readonly identifier: string;
  readonly arn: string;
  readonly host: string;
  /** First part of the variables: `CACHE`, or `SESSIONS_CACHE` for that of the service sessions. */
  readonly prefix: string;
}

/** What caches are called, by the service's name: `<name>-<environment>`. */
export function cacheIdentifier(environment: Pick<Environment, "name">, name: string, where: string): string {
  return deriveName("ElastiCache identifier", [name, environment.name], where);
}

/** The user of a workload. Users are the account's and not the cache's, so its name is in theirs. */
export function cacheUserId(identifier: string, workload: string, where: string): string {
  return deriveName("ElastiCache identifier", [identifier, workload], where);
}

/**
 * Lets the workload sign in as a user of its own, and tells it how. The user has to be made in the cache's stack besides.
 * @returns id of the user
 * @throws PavedError PVD1006, PVD1007 when the user's name does not fit ElastiCache
 */
export function grantUse(
  cache: GrantedCache,
  workload: Grantee,
  { region, account }: Pick<Environment, "region" | "account">,
): string {
  const { name, node } = workload.identity;
  const userId = cacheUserId(cache.identifier, name, node.path);
  const userArn = `arn:aws:elasticache:${region}:${account}:user:${userId}`;
  workload.identity.allow({ actions: ["elasticache:Connect"], resources: [cache.arn, userArn] });
  workload.provide(`${cache.prefix}_HOST`, cache.host);
  workload.provide(`${cache.prefix}_PORT`, String(PORT));
  workload.provide(`${cache.prefix}_USER`, userId);
  workload.provide(`${cache.prefix}_NAME`, cache.identifier);
  workload.provide("AWS_REGION", region);
  workload.allowEgress({ to: "intra-subnets", port: PORT });
  return userId;
}
