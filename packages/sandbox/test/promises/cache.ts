import { GIVEN } from "../given";
import { arn, type Promised } from "./promised";

/** What caches, their users and their groups promise. */
export const CACHE_PROMISES: Record<string, Promised> = {
  aws_elasticache_parameter_group: {
    config: () => ({ name: "Thing", family: "valkey8" }),
    id: /^thing$/,
    arn: arn("elasticache:eu-west-1:111122223333:parametergroup:thing"),
    taken: ["name"],
    replaces: ["family", "valkey7"],
  },
  aws_elasticache_replication_group: {
    config: () => ({
      replication_group_id: "thing",
      description: "thing",
      engine: "valkey",
      engine_version: "8.0",
      node_type: "cache.t4g.micro",
      num_cache_clusters: 2,
      automatic_failover_enabled: true,
      multi_az_enabled: true,
      transit_encryption_enabled: true,
      subnet_group_name: GIVEN.cacheName,
      user_group_ids: [GIVEN.cacheName],
    }),
    id: /^thing$/,
    arn: arn("elasticache:eu-west-1:111122223333:replicationgroup:thing"),
    taken: ["replication_group_id"],
    missing: ["user_group_ids", ["none"]],
    replaces: ["subnet_group_name", "other"],
  },
  aws_elasticache_subnet_group: {
    config: ({ subnets }) => ({ name: "Thing", subnet_ids: [subnets[0].id] }),
    id: /^thing$/,
    arn: arn("elasticache:eu-west-1:111122223333:subnetgroup:thing"),
    taken: ["name"],
    missing: ["subnet_ids", ["subnet-none"]],
    replaces: ["name", "other"],
  },
  aws_elasticache_user: {
    config: () => ({
      engine: "valkey",
      user_id: "thing",
      user_name: "thing",
      access_string: "on ~* +@all",
      authentication_mode: [{ type: "iam" }],
    }),
    id: /^thing$/,
    arn: arn("elasticache:eu-west-1:111122223333:user:thing"),
    taken: ["user_id"],
    replaces: ["user_id", "other"],
  },
  aws_elasticache_user_group: {
    config: () => ({ engine: "valkey", user_group_id: "thing", user_ids: [GIVEN.cacheName] }),
    id: /^thing$/,
    arn: arn("elasticache:eu-west-1:111122223333:usergroup:thing"),
    taken: ["user_group_id"],
    missing: ["user_ids", ["none"]],
    replaces: ["user_group_id", "other"],
  },
};
