import { awsRefusal, type Check, defineBehaviour, notUsedBy, refers } from "../define";
import type { Instance } from "../instance";
import { isFree, lowered } from "./elasticache";

const WORDS = { doing: "creating ElastiCache Subnet Group", call: "ElastiCache: CreateCacheSubnetGroup" };

function networksOf(it: Instance): string[] {
  const networks = it.texts("subnet_ids").map((id) => it.find("aws_subnet", "id", id)?.text("vpc_id") ?? "");
  return [...new Set(networks)];
}

const nameIsFree: Check = (it) => {
  if (lowered(it, "name") !== "default") return;
  const message = "CacheSubnetGroupName must not be 'default'";
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterValue", message, fix: "Choose another name.", path: "name" });
};

const oneNetwork: Check = (it) => {
  if (networksOf(it).length <= 1) return;
  const message = "All subnets in a cache subnet group must be in the same VPC.";
  throw awsRefusal(it, {
    ...WORDS,
    code: "InvalidSubnet",
    message,
    fix: "Use subnets of one VPC.",
    path: "subnet_ids",
  });
};

export const elasticacheSubnetGroup = defineBehaviour({
  type: "aws_elasticache_subnet_group",
  id: (it) => lowered(it, "name"),
  arn: (it) => it.arn("elasticache", `subnetgroup:${it.id}`),
  defaults: { description: "Managed by Terraform" },
  replaceOn: ["name"],
  computed: (it) => ({ vpc_id: networksOf(it)[0] ?? "" }),
  validate: [nameIsFree],
  checks: [
    refers("subnet_ids", "aws_subnet", {
      ...WORDS,
      code: "InvalidSubnet",
      message: (id) => `The subnet ID '${id}' does not exist`,
    }),
    oneNetwork,
    isFree("name", {
      ...WORDS,
      code: "CacheSubnetGroupAlreadyExists",
      message: (it) => `Cache subnet group ${it.text("name")} already exists.`,
    }),
  ],
  canDelete: [
    notUsedBy([{ type: "aws_elasticache_replication_group", attribute: "subnet_group_name" }], {
      doing: "deleting ElastiCache Subnet Group",
      call: "ElastiCache: DeleteCacheSubnetGroup",
      code: "CacheSubnetGroupInUse",
      message: (it, user) => `Cache subnet group ${it.id} is currently in use by cache cluster ${user.id}.`,
    }),
  ],
});
