import { awsRefusal, type Check, defineBehaviour, refers, unique } from "../define";

const SOURCES = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];

/** Groups that AWS makes itself: a VPC's default one, and the one of an EKS cluster. */
export const GIVEN_GROUPS = [
  ["aws_vpc", "default_security_group_id"],
  ["aws_eks_cluster", "vpc_config.cluster_security_group_id"],
] as const;

function rule(direction: "ingress" | "egress") {
  const title = direction === "ingress" ? "Ingress" : "Egress";
  const words = { doing: `creating VPC Security Group ${title} Rule`, call: `EC2: AuthorizeSecurityGroup${title}` };
  const oneSource: Check = (it) => {
    const given = SOURCES.filter((name) => it.text(name) !== undefined);
    if (given.length === 1) return;
    const message = `Exactly one of ${SOURCES.join(", ")} must be set, found ${given.length}`;
    throw awsRefusal(it, {
      ...words,
      code: "InvalidParameterCombination",
      message,
      fix: `Keep one of ${SOURCES.join(", ")}.`,
    });
  };
  return defineBehaviour({
    type: `aws_vpc_security_group_${direction}_rule`,
    id: (it) => it.ec2Id("sgr"),
    arn: (it) => it.arn("ec2", `security-group-rule/${it.id}`),
    replaceOn: ["security_group_id"],
    computed: (it) => ({ security_group_rule_id: it.id }),
    checks: [
      oneSource,
      ...["security_group_id", "referenced_security_group_id"].map((attribute) =>
        refers(attribute, "aws_security_group", {
          ...words,
          also: GIVEN_GROUPS,
          code: "InvalidGroup.NotFound",
          message: (id) => `The security group '${id}' does not exist`,
        }),
      ),
      unique(["security_group_id", "ip_protocol", "from_port", "to_port", ...SOURCES], {
        ...words,
        code: "InvalidPermission.Duplicate",
        message: (it) =>
          `the specified rule "peer: ${SOURCES.map((name) => it.text(name)).find(Boolean)}, ${it.text("ip_protocol")}, from port: ${it.number("from_port")}, to port: ${it.number("to_port")}, ALLOW" already exists`,
      }),
    ],
  });
}

export const ingressRule = rule("ingress");
export const egressRule = rule("egress");
