import { defineBehaviour, refers } from "../define";

const WORDS = { doing: "creating EC2 VPC Endpoint", call: "EC2: CreateVpcEndpoint" };

export const vpcEndpoint = defineBehaviour({
  type: "aws_vpc_endpoint",
  id: (it) => it.ec2Id("vpce"),
  arn: (it) => it.arn("ec2", `vpc-endpoint/${it.id}`),
  defaults: { vpc_endpoint_type: "Gateway" },
  replaceOn: [
    "vpc_id",
    "service_name",
    "service_region",
    "vpc_endpoint_type",
    "resource_configuration_arn",
    "service_network_arn",
  ],
  computed: (it) => {
    const isGateway = it.text("vpc_endpoint_type") === "Gateway";
    const subnets = it.texts("subnet_ids");
    const host = `${it.id}-${it.hex(8)}.${it.text("service_name")?.split(".").at(-1)}.${it.place.region}.vpce.amazonaws.com`;
    return {
      cidr_blocks: isGateway ? ["52.218.0.0/17"] : [],
      dns_entry: isGateway ? [] : [{ dns_name: host, hosted_zone_id: "Z38GZ743OKFT7T" }],
      ip_address_type: isGateway ? "" : "ipv4",
      network_interface_ids: subnets.map((subnet) => it.ec2Id("eni", subnet)),
      owner_id: it.place.account,
      policy: `{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`,
      prefix_list_id: isGateway ? `pl-${it.hex(8, "prefix")}` : "",
      private_dns_enabled: false,
      requester_managed: false,
      service_region: it.place.region,
      state: "available",
    };
  },
  checks: [
    refers("vpc_id", "aws_vpc", {
      ...WORDS,
      code: "InvalidVpcId.NotFound",
      message: (id) => `The Vpc Id ${id} does not exist`,
    }),
    refers("subnet_ids", "aws_subnet", {
      ...WORDS,
      code: "InvalidSubnetId.NotFound",
      message: (id) => `The subnet ID '${id}' does not exist`,
    }),
    refers("route_table_ids", "aws_route_table", {
      ...WORDS,
      code: "InvalidRouteTableId.NotFound",
      message: (id) => `The routeTable ID '${id}' does not exist`,
    }),
  ],
});
