import { defineBehaviour, notUsedBy } from "../define";

export const vpc = defineBehaviour({
  type: "aws_vpc",
  id: (it) => it.ec2Id("vpc"),
  arn: (it) => it.arn("ec2", `vpc/${it.id}`),
  defaults: { enable_dns_support: true, enable_dns_hostnames: false, instance_tenancy: "default" },
  replaceOn: ["cidr_block", "ipv4_ipam_pool_id", "ipv4_netmask_length"],
  computed: (it) => ({
    default_network_acl_id: it.ec2Id("acl"),
    default_route_table_id: it.ec2Id("rtb", "main"),
    default_security_group_id: it.ec2Id("sg", "default"),
    dhcp_options_id: `dopt-0${it.place.account.padStart(16, "0").slice(-16)}`,
    enable_network_address_usage_metrics: false,
    main_route_table_id: it.ec2Id("rtb", "main"),
    owner_id: it.place.account,
  }),
  canDelete: [
    notUsedBy(
      [
        { type: "aws_subnet", attribute: "vpc_id" },
        { type: "aws_security_group", attribute: "vpc_id" },
        { type: "aws_internet_gateway", attribute: "vpc_id" },
        { type: "aws_vpc_endpoint", attribute: "vpc_id" },
        { type: "aws_route_table", attribute: "vpc_id" },
      ],
      {
        doing: "deleting EC2 VPC",
        call: "EC2: DeleteVpc",
        code: "DependencyViolation",
        message: (it) => `The vpc '${it.id}' has dependencies and cannot be deleted.`,
      },
    ),
  ],
});
