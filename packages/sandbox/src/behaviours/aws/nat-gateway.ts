import { defineBehaviour, refers } from "../define";
import { addressAt, parseCidr } from "./cidr";

const WORDS = { doing: "creating EC2 NAT Gateway", call: "EC2: CreateNatGateway" };

export const natGateway = defineBehaviour({
  type: "aws_nat_gateway",
  id: (it) => it.ec2Id("nat"),
  defaults: { connectivity_type: "public" },
  replaceOn: ["subnet_id", "allocation_id", "connectivity_type", "private_ip", "vpc_id", "availability_mode"],
  computed: (it) => {
    const subnet = it.find("aws_subnet", "id", it.text("subnet_id"));
    const range = parseCidr(subnet?.text("cidr_block") ?? "10.0.0.0/24");
    return {
      association_id: it.ec2Id("eipassoc"),
      auto_provision_zones: "",
      auto_scaling_ips: "",
      availability_mode: "zonal",
      network_interface_id: it.ec2Id("eni"),
      private_ip: addressAt(range!, 4 + (Number.parseInt(it.hex(1), 16) % 8)),
      public_ip: it.find("aws_eip", "id", it.text("allocation_id"))?.text("public_ip") ?? "",
      regional_nat_gateway_auto_mode: "",
      route_table_id: "",
      vpc_id: subnet?.text("vpc_id") ?? "",
    };
  },
  checks: [
    refers("subnet_id", "aws_subnet", {
      ...WORDS,
      code: "InvalidSubnetID.NotFound",
      message: (id) => `The subnet ID '${id}' does not exist`,
    }),
    refers("allocation_id", "aws_eip", {
      ...WORDS,
      code: "InvalidAllocationID.NotFound",
      message: (id) => `The allocation ID '${id}' does not exist`,
    }),
  ],
});
