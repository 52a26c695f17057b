import { one } from "../rule/attribute-rule";
import { at, onlyKnown, shown, texts, unless } from "../rule/attributes";
import { type Tier, TIERS, wrongTiers } from "../rule/network-tiers";
import { type ResourceRule, resourceRule, type Resources } from "../rule/rule";

/** Arguments of what a network is made of. What else there is leads to other networks, or gives public addresses. */
const PARTS: Readonly<Record<string, string>> = {
  aws_vpc: "cidr_block enable_dns_support enable_dns_hostnames",
  aws_subnet: "vpc_id availability_zone cidr_block map_public_ip_on_launch",
  aws_route_table: "vpc_id",
  aws_route_table_association: "subnet_id route_table_id",
  aws_route: "route_table_id destination_cidr_block gateway_id nat_gateway_id",
  aws_internet_gateway: "vpc_id",
  aws_nat_gateway: "allocation_id subnet_id",
  aws_eip: "domain",
  aws_vpc_endpoint:
    "vpc_id service_name vpc_endpoint_type subnet_ids route_table_ids security_group_ids private_dns_enabled dns_options",
};

/** In which tier a thing stands that has `subnet_ids`. */
const STANDS_IN: Readonly<Record<string, Tier>> = {
  aws_eks_cluster: "intra",
  aws_eks_node_group: "private",
  aws_db_subnet_group: "intra",
  aws_elasticache_subnet_group: "intra",
};

/** What stands in a network by a group of subnets: the attributes that name it and its firewalls. */
const STANDS_BY: Readonly<Record<string, readonly [string, string, string]>> = {
  aws_db_instance: ["aws_db_subnet_group", "db_subnet_group_name", "vpc_security_group_ids"],
  aws_elasticache_replication_group: ["aws_elasticache_subnet_group", "subnet_group_name", "security_group_ids"],
};

/** How the subnets of a tier are read from the network's contract. */
const published = (tier: Tier): string =>
  `\${lookup(jsondecode(data.aws_ssm_parameter.contract-network-v1.insecure_value), "${tier}SubnetIds", [])}`;

const NETWORK: Resources = {
  aws_vpc: { main: { cidr_block: "10.10.0.0/16" } },
  aws_ssm_parameter: {
    network: {
      name: "/paved/production/network/v1",
      insecure_value:
        '${jsonencode({"publicSubnetIds" = [aws_subnet.public.id], "privateSubnetIds" = [aws_subnet.private.id], "intraSubnetIds" = [aws_subnet.intra.id]})}',
    },
  },
  aws_subnet: { public: {}, private: {}, intra: {} },
  aws_route_table: { public: {}, private: {}, intra: {} },
  aws_route_table_association: Object.fromEntries(
    Object.keys(TIERS).map((tier) => [
      tier,
      { subnet_id: `\${aws_subnet.${tier}.id}`, route_table_id: `\${aws_route_table.${tier}.id}` },
    ]),
  ),
  aws_internet_gateway: { main: {} },
  aws_nat_gateway: { main: {} },
  aws_route: {
    public: { route_table_id: "${aws_route_table.public.id}", gateway_id: "${aws_internet_gateway.main.id}" },
    private: { route_table_id: "${aws_route_table.private.id}", nat_gateway_id: "${aws_nat_gateway.main.id}" },
  },
};

/** Rules on how a network is made, and on what stands where in it. */
export const networkRules: readonly ResourceRule[] = [
  resourceRule({
    id: "AWS-VPC-001",
    title: "A network is the environment's own range, and leads nowhere but to AWS and through its gateways",
    severity: "high",
    source: "Security Hub EC2.9, EC2.15; AWS Well-Architected SEC05-BP01, SEC05-BP02",
    why: "A route to a peering, a transit gateway or a private link of somebody else is a way around every firewall and log.",
    want: "the environment's range, IPv4 alone, routes to gateways of the stack, addresses for NAT alone, and endpoints of AWS in the environment's region",
    fix: "make the network with Network",
    judges: Object.keys(PARTS),
    check: ({ type, attributes, environment }) => {
      const { cidr_block: range, service_name: service } = attributes;
      const ours = `com.amazonaws.${environment.region}.`;
      return [
        ...onlyKnown(attributes, PARTS[type] ?? ""),
        ...unless(type !== "aws_vpc" || range === environment.cidr, `cidr_block is ${shown(range)}`),
        ...unless(
          type !== "aws_vpc_endpoint" || texts(service).some((name) => name.startsWith(ours)),
          `service_name is ${shown(service)}`,
        ),
      ];
    },
    fails: one("aws_route", { destination_cidr_block: "10.99.0.0/16", transit_gateway_id: "tgw-0123456789abcdef0" }),
    passes: one("aws_route", { destination_cidr_block: "0.0.0.0/0", nat_gateway_id: "${aws_nat_gateway.a.id}" }),
  }),
  resourceRule({
    id: "AWS-VPC-002",
    title: "The tiers of a network lead where their names say",
    severity: "critical",
    source: "AWS Well-Architected SEC05-BP01, create network layers; EKS Best Practices, network security",
    why: "A database or a control plane in a subnet with a way out can be reached, or can send data, past the gateway.",
    want: "public subnets that lead to the internet gateway, private ones to NAT, and intra ones nowhere, each in one tier",
    fix: "make the network with Network",
    judges: ["aws_vpc"],
    check: wrongTiers,
    fails: {
      ...NETWORK,
      aws_route: {
        ...NETWORK["aws_route"],
        intra: { route_table_id: "${aws_route_table.intra.id}", nat_gateway_id: "${aws_nat_gateway.main.id}" },
      },
    },
    passes: NETWORK,
  }),
  resourceRule({
    id: "AWS-VPC-003",
    title: "Nodes, control plane and databases stand in their own tier of the network",
    severity: "high",
    source:
      "Security Hub RDS.18, RDS.46, ElastiCache.7; AWS Well-Architected SEC05-BP01; EKS Best Practices, network security",
    why: "In a public subnet one address is all that lacks for the internet to reach a node or a database.",
    want: "private subnets of the network's contract for nodes and intra ones for the control plane, databases and caches, behind a security group of their own",
    fix: "make it with Cluster, Database or Cache",
    judges: [...Object.keys(STANDS_IN), ...Object.keys(STANDS_BY)],
    check: ({ type, attributes, siblings }) => {
      const tier = STANDS_IN[type];
      if (tier !== undefined) {
        const given = at(attributes, "vpc_config.subnet_ids") ?? attributes["subnet_ids"];
        return unless(given === published(tier), `subnet_ids is ${shown(given)}, not the ${tier} ones`);
      }
      const [groups, group, firewalls] = STANDS_BY[type] ?? ["", "", ""];
      const own = siblings(groups).some(({ address }) => attributes[group] === `\${${address}.name}`);
      const walls = texts(attributes[firewalls]);
      const known = siblings("aws_security_group").map(({ address }) => `\${${address}.id}`);
      return [
        ...unless(own, `${group} is ${shown(attributes[group])}`),
        ...unless(walls.length > 0 && walls.every((wall) => known.includes(wall)), `${firewalls} is ${shown(walls)}`),
      ];
    },
    fails: one("aws_db_subnet_group", { name: "orders", subnet_ids: published("public") }),
    passes: one("aws_db_subnet_group", { name: "orders", subnet_ids: published("intra") }),
  }),
];
