import type { ActionTable } from "./type-actions";

const RDS_TAGS = ["rds:AddTagsToResource", "rds:RemoveTagsFromResource"];
const CACHE_TAGS = ["elasticache:AddTagsToResource", "elasticache:RemoveTagsFromResource"];
const CACHE_READS = ["elasticache:ListTagsForResource"];
const RDS_READS = ["rds:ListTagsForResource"];

/** Databases and caches. Nothing here reads what is in them. */
export const dataActions = {
  aws_db_instance: {
    reads: ["rds:DescribeDBInstances", ...RDS_READS],
    writes: [
      "rds:CreateDBInstance",
      "rds:ModifyDBInstance",
      "rds:RebootDBInstance",
      "rds:DeleteDBInstance",
      "rds:CreateDBSnapshot",
      ...RDS_TAGS,
    ],
  },
  aws_db_parameter_group: {
    reads: ["rds:DescribeDBParameterGroups", "rds:DescribeDBParameters", ...RDS_READS],
    writes: [
      "rds:CreateDBParameterGroup",
      "rds:ModifyDBParameterGroup",
      "rds:ResetDBParameterGroup",
      "rds:DeleteDBParameterGroup",
      ...RDS_TAGS,
    ],
  },
  aws_db_subnet_group: {
    reads: ["rds:DescribeDBSubnetGroups", ...RDS_READS],
    writes: ["rds:CreateDBSubnetGroup", "rds:ModifyDBSubnetGroup", "rds:DeleteDBSubnetGroup", ...RDS_TAGS],
  },
  aws_elasticache_replication_group: {
    reads: ["elasticache:DescribeReplicationGroups", "elasticache:DescribeCacheClusters", ...CACHE_READS],
    writes: [
      "elasticache:CreateReplicationGroup",
      "elasticache:ModifyReplicationGroup",
      "elasticache:IncreaseReplicaCount",
      "elasticache:DecreaseReplicaCount",
      "elasticache:DeleteReplicationGroup",
      "elasticache:CreateSnapshot",
      ...CACHE_TAGS,
    ],
  },
  aws_elasticache_subnet_group: {
    reads: ["elasticache:DescribeCacheSubnetGroups", ...CACHE_READS],
    writes: [
      "elasticache:CreateCacheSubnetGroup",
      "elasticache:ModifyCacheSubnetGroup",
      "elasticache:DeleteCacheSubnetGroup",
      ...CACHE_TAGS,
    ],
  },
  aws_elasticache_user: {
    reads: ["elasticache:DescribeUsers", ...CACHE_READS],
    writes: ["elasticache:CreateUser", "elasticache:ModifyUser", "elasticache:DeleteUser", ...CACHE_TAGS],
  },
  aws_elasticache_user_group: {
    reads: ["elasticache:DescribeUserGroups", ...CACHE_READS],
    writes: [
      "elasticache:CreateUserGroup",
      "elasticache:ModifyUserGroup",
      "elasticache:DeleteUserGroup",
      ...CACHE_TAGS,
    ],
  },
} as const satisfies ActionTable;
