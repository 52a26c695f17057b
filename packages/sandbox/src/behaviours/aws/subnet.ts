import { awsRefusal, type Check, defineBehaviour, notUsedBy, refers } from "../define";
import { contains, overlaps, parseCidr } from "./cidr";
import { zoneId, zonesOf } from "./zones";

const WORDS = { doing: "creating EC2 Subnet", call: "EC2: CreateSubnet" };

const zoneExists: Check = (it) => {
  const zone = it.text("availability_zone");
  const zones = zonesOf(it.place.region);
  if (zone === undefined || zones.includes(zone)) return;
  const message = `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(", ")}.`;
  throw awsRefusal(it, {
    ...WORDS,
    code: "InvalidParameterValue",
    message,
    fix: `Use one of ${zones.join(", ")}.`,
    path: "availability_zone",
  });
};

const cidrFits: Check = (it) => {
  const text = it.text("cidr_block");
  if (text === undefined) return;
  const range = parseCidr(text);
  const outer = parseCidr(it.find("aws_vpc", "id", it.text("vpc_id"))?.text("cidr_block") ?? "");
  if (range === undefined || range.bits < 16 || range.bits > 28 || (outer !== undefined && !contains(outer, range))) {
    const fix = "Use an IPv4 range of /16 to /28 inside the VPC's own, which starts at a multiple of its size.";
    throw awsRefusal(it, {
      ...WORDS,
      code: "InvalidSubnet.Range",
      message: `The CIDR '${text}' is invalid.`,
      fix,
      path: "cidr_block",
    });
  }
  const sibling = it.all("aws_subnet").find((other) => {
    const taken = parseCidr(other.text("cidr_block") ?? "");
    return (
      other.id !== it.prior?.id &&
      other.text("vpc_id") === it.text("vpc_id") &&
      taken !== undefined &&
      overlaps(taken, range)
    );
  });
  if (sibling === undefined) return;
  const fix = `Choose a range that ${sibling.id} (${sibling.text("cidr_block")}) does not use.`;
  throw awsRefusal(it, {
    ...WORDS,
    code: "InvalidSubnet.Conflict",
    message: `The CIDR '${text}' conflicts with another subnet`,
    fix,
    path: "cidr_block",
  });
};

export const subnet = defineBehaviour({
  type: "aws_subnet",
  id: (it) => it.ec2Id("subnet"),
  arn: (it) => it.arn("ec2", `subnet/${it.id}`),
  defaults: {
    assign_ipv6_address_on_creation: false,
    enable_dns64: false,
    enable_resource_name_dns_a_record_on_launch: false,
    enable_resource_name_dns_aaaa_record_on_launch: false,
    ipv6_native: false,
    map_public_ip_on_launch: false,
  },
  replaceOn: ["vpc_id", "cidr_block", "availability_zone", "availability_zone_id", "ipv6_native", "outpost_arn"],
  computed: (it) => {
    const zones = zonesOf(it.place.region);
    const zone =
      it.text("availability_zone") ??
      zones.find((name) => zoneId(name) === it.text("availability_zone_id")) ??
      zones[0]!;
    return {
      availability_zone: zone,
      availability_zone_id: zoneId(zone),
      owner_id: it.place.account,
      private_dns_hostname_type_on_launch: "ip-name",
    };
  },
  checks: [
    refers("vpc_id", "aws_vpc", {
      ...WORDS,
      code: "InvalidVpcID.NotFound",
      message: (id) => `The vpc ID '${id}' does not exist`,
    }),
    zoneExists,
    cidrFits,
  ],
  canDelete: [
    notUsedBy(
      [
        { type: "aws_nat_gateway", attribute: "subnet_id" },
        { type: "aws_eks_cluster", attribute: "vpc_config.subnet_ids" },
        { type: "aws_eks_node_group", attribute: "subnet_ids" },
        { type: "aws_vpc_endpoint", attribute: "subnet_ids" },
      ],
      {
        doing: "deleting EC2 Subnet",
        call: "EC2: DeleteSubnet",
        code: "DependencyViolation",
        message: (it) => `The subnet '${it.id}' has dependencies and cannot be deleted.`,
      },
    ),
  ],
});
