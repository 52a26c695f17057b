import { awsRefusal, type Check, defineBehaviour, notUsedBy, refers, unique } from "../define";

const WORDS = { doing: "creating Security Group", call: "EC2: CreateSecurityGroup" };

const nameIsNotReserved: Check = (it) => {
  const name = it.text("name") ?? "";
  const reserved = name.startsWith("sg-") || name === "default";
  if (!reserved) return;
  const message = `Group names may not be in the format sg-*, nor be 'default': ${name}`;
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterValue", message, fix: "Choose another name.", path: "name" });
};

export const securityGroup = defineBehaviour({
  type: "aws_security_group",
  id: (it) => it.ec2Id("sg"),
  arn: (it) => it.arn("ec2", `security-group/${it.id}`),
  defaults: { description: "Managed by Terraform", revoke_rules_on_delete: false },
  replaceOn: ["name", "name_prefix", "description", "vpc_id"],
  computed: (it) => ({ owner_id: it.place.account }),
  validate: [nameIsNotReserved],
  checks: [
    refers("vpc_id", "aws_vpc", {
      ...WORDS,
      code: "InvalidVpcID.NotFound",
      message: (id) => `The vpc ID '${id}' does not exist`,
    }),
    unique(["vpc_id", "name"], {
      ...WORDS,
      code: "InvalidGroup.Duplicate",
      message: (it) => `The security group '${it.text("name")}' already exists for VPC '${it.text("vpc_id")}'`,
    }),
  ],
  canDelete: [
    notUsedBy(
      [
        { type: "aws_db_instance", attribute: "vpc_security_group_ids" },
        { type: "aws_eks_cluster", attribute: "vpc_config.security_group_ids" },
        { type: "aws_elasticache_replication_group", attribute: "security_group_ids" },
        { type: "aws_vpc_endpoint", attribute: "security_group_ids" },
        { type: "aws_vpc_security_group_ingress_rule", attribute: "referenced_security_group_id" },
        { type: "aws_vpc_security_group_egress_rule", attribute: "referenced_security_group_id" },
      ],
      {
        doing: "deleting Security Group",
        call: "EC2: DeleteSecurityGroup",
        code: "DependencyViolation",
        message: (it) => `resource ${it.id} has a dependent object`,
      },
    ),
  ],
});
