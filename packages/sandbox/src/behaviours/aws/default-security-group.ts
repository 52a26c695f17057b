import { defineBehaviour, refers } from "../define";

/** Adopts the group that every VPC comes with: nothing is created, and destroying only forgets it. */
export const defaultSecurityGroup = defineBehaviour({
  type: "aws_default_security_group",
  id: (it) =>
    it.find("aws_vpc", "id", it.text("vpc_id"))?.text("default_security_group_id") ?? it.ec2Id("sg", "default"),
  arn: (it) => it.arn("ec2", `security-group/${it.id}`),
  defaults: { revoke_rules_on_delete: false },
  replaceOn: ["vpc_id"],
  computed: (it) => ({
    description: "default VPC security group",
    egress: [],
    ingress: [],
    name: "default",
    name_prefix: "",
    owner_id: it.place.account,
  }),
  checks: [
    refers("vpc_id", "aws_vpc", {
      doing: "reading EC2 Default Security Group",
      call: "EC2: DescribeSecurityGroups",
      code: "InvalidVpcID.NotFound",
      message: (id) => `no default security group: the vpc ID '${id}' does not exist`,
    }),
  ],
});
