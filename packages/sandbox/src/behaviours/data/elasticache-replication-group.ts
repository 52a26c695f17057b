import { defineNamed } from "./named";

export const elasticacheReplicationGroup = defineNamed({
  type: "aws_elasticache_replication_group",
  by: "replication_group_id",
  of: "id",
  as: (name) => name.toLowerCase(),
  absent: (name) => `reading ElastiCache Replication Group (${name}): couldn't find resource`,
  more: (found) => ({ auth_token_enabled: found.text("auth_token") !== undefined }),
});
