import { awsRefusal, type Check, defineBehaviour, notUsedBy } from "../define";
import { isFree, lowered } from "./elasticache";

const WORDS = { doing: "creating ElastiCache Parameter Group", call: "ElastiCache: CreateCacheParameterGroup" };
const FAMILIES = {
  memcached: ["memcached1.4", "memcached1.5", "memcached1.6"],
  redis: ["redis2.6", "redis2.8", "redis3.2", "redis4.0", "redis5.0", "redis6.x", "redis7"],
  valkey: ["valkey7", "valkey8", "valkey9"],
};
const ALL_FAMILIES = Object.values(FAMILIES).flat();

const familyIsOffered: Check = (it) => {
  const family = it.text("family");
  if (family === undefined || ALL_FAMILIES.includes(family)) return;
  const message = `CacheParameterGroupFamily ${family} is not a valid parameter group family.`;
  const fix = `Use one of ${ALL_FAMILIES.join(", ")}.`;
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterValue", message, fix, path: "family" });
};

export const elasticacheParameterGroup = defineBehaviour({
  type: "aws_elasticache_parameter_group",
  id: (it) => lowered(it, "name"),
  arn: (it) => it.arn("elasticache", `parametergroup:${it.id}`),
  defaults: { description: "Managed by Terraform" },
  replaceOn: ["description", "family", "name"],
  validate: [familyIsOffered],
  checks: [
    isFree("name", {
      ...WORDS,
      code: "CacheParameterGroupAlreadyExists",
      message: (it) => `Parameter group ${it.text("name")} already exists`,
    }),
  ],
  canDelete: [
    notUsedBy([{ type: "aws_elasticache_replication_group", attribute: "parameter_group_name" }], {
      doing: "deleting ElastiCache Parameter Group",
      call: "ElastiCache: DeleteCacheParameterGroup",
      code: "InvalidCacheParameterGroupState",
      message: () => "One or more cache clusters are still members of this parameter group.",
    }),
  ],
});
