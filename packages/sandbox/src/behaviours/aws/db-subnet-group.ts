import { awsRefusal, type Check, defineBehaviour, notUsedBy, refers, unique } from "../define";
import type { Instance } from "../instance";

const WORDS = { doing: "creating RDS DB Subnet Group", call: "RDS: CreateDBSubnetGroup" };

function subnetsOf(it: Instance) {
  return it.texts("subnet_ids").map((id) => it.find("aws_subnet", "id", id));
}

const spansTwoZones: Check = (it) => {
  const zones = new Set(subnetsOf(it).map((subnet) => subnet?.text("availability_zone")));
  if (zones.size >= 2) return;
  const message = `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${[...zones].join(", ")}. Add subnets to cover at least 2 AZs.`;
  throw awsRefusal(it, {
    ...WORDS,
    code: "DBSubnetGroupDoesNotCoverEnoughAZs",
    message,
    fix: "Add a subnet of another zone.",
    path: "subnet_ids",
  });
};

const oneVpc: Check = (it) => {
  const vpcs = new Set(subnetsOf(it).map((subnet) => subnet?.text("vpc_id")));
  if (vpcs.size <= 1) return;
  const message = "The subnets are not all in the same VPC";
  throw awsRefusal(it, {
    ...WORDS,
    code: "InvalidSubnet",
    message,
    fix: "Use subnets of one VPC.",
    path: "subnet_ids",
  });
};

export const dbSubnetGroup = defineBehaviour({
  type: "aws_db_subnet_group",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("rds", `subgrp:${it.id}`),
  defaults: { description: "Managed by Terraform" },
  replaceOn: ["name", "name_prefix"],
  computed: (it) => ({ supported_network_types: ["IPV4"], vpc_id: subnetsOf(it)[0]?.text("vpc_id") ?? "" }),
  checks: [
    refers("subnet_ids", "aws_subnet", {
      ...WORDS,
      code: "InvalidSubnet",
      message: (id) => `Subnet ${id} does not exist`,
    }),
    spansTwoZones,
    oneVpc,
    unique(["name"], {
      ...WORDS,
      code: "DBSubnetGroupAlreadyExists",
      message: (it) => `The DB subnet group '${it.text("name")}' already exists.`,
    }),
  ],
  canDelete: [
    notUsedBy([{ type: "aws_db_instance", attribute: "db_subnet_group_name", as: "name" }], {
      doing: "deleting RDS DB Subnet Group",
      call: "RDS: DeleteDBSubnetGroup",
      code: "InvalidDBSubnetGroupStateFault",
      message: (it, user) =>
        `Cannot delete the subnet group '${it.id}' because at least one database instance: ${user.text("identifier")} is still using it.`,
    }),
  ],
});
