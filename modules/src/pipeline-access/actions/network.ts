import type { ActionTable } from "./type-actions";

const TAGS = ["ec2:CreateTags", "ec2:DeleteTags"];
const GROUPS = ["ec2:DescribeSecurityGroups", "ec2:DescribeSecurityGroupRules"];
const INGRESS = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
const EGRESS = ["ec2:AuthorizeSecurityGroupEgress", "ec2:RevokeSecurityGroupEgress"];
const TABLES = ["ec2:DescribeRouteTables"];

/** Networks, and what leads to them by name. */
export const networkActions = {
  aws_acm_certificate: {
    reads: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
    writes: [
      "acm:RequestCertificate",
      "acm:DeleteCertificate",
      "acm:AddTagsToCertificate",
      "acm:RemoveTagsFromCertificate",
    ],
  },
  aws_acm_certificate_validation: { reads: ["acm:DescribeCertificate"], writes: [] },
  aws_default_security_group: { reads: GROUPS, writes: [...INGRESS, ...EGRESS, ...TAGS] },
  aws_eip: {
    reads: ["ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"],
    writes: ["ec2:AllocateAddress", "ec2:ReleaseAddress", "ec2:DisassociateAddress", ...TAGS],
  },
  aws_flow_log: { reads: ["ec2:DescribeFlowLogs"], writes: ["ec2:CreateFlowLogs", "ec2:DeleteFlowLogs", ...TAGS] },
  aws_internet_gateway: {
    reads: ["ec2:DescribeInternetGateways"],
    writes: [
      "ec2:CreateInternetGateway",
      "ec2:AttachInternetGateway",
      "ec2:DetachInternetGateway",
      "ec2:DeleteInternetGateway",
      ...TAGS,
    ],
  },
  aws_nat_gateway: {
    reads: ["ec2:DescribeNatGateways"],
    writes: ["ec2:CreateNatGateway", "ec2:DeleteNatGateway", ...TAGS],
  },
  aws_route: { reads: TABLES, writes: ["ec2:CreateRoute", "ec2:ReplaceRoute", "ec2:DeleteRoute"] },
  aws_route53_record: {
    reads: ["route53:GetHostedZone", "route53:GetChange", "route53:ListResourceRecordSets"],
    writes: ["route53:ChangeResourceRecordSets"],
  },
  aws_route53_zone: {
    reads: ["route53:GetHostedZone", "route53:GetChange", "route53:ListTagsForResource"],
    writes: [
      "route53:CreateHostedZone",
      "route53:UpdateHostedZoneComment",
      "route53:DeleteHostedZone",
      "route53:ChangeTagsForResource",
    ],
  },
  aws_route_table: { reads: TABLES, writes: ["ec2:CreateRouteTable", "ec2:DeleteRouteTable", ...TAGS] },
  aws_route_table_association: {
    reads: TABLES,
    writes: ["ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:ReplaceRouteTableAssociation"],
  },
  aws_security_group: {
    reads: [...GROUPS, "ec2:DescribeNetworkInterfaces"],
    writes: ["ec2:CreateSecurityGroup", "ec2:DeleteSecurityGroup", ...EGRESS, ...TAGS],
  },
  aws_subnet: {
    reads: ["ec2:DescribeSubnets", "ec2:DescribeNetworkInterfaces"],
    writes: ["ec2:CreateSubnet", "ec2:DeleteSubnet", "ec2:ModifySubnetAttribute", ...TAGS],
  },
  aws_vpc: {
    reads: ["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", "ec2:DescribeNetworkAcls", ...TABLES, ...GROUPS],
    writes: ["ec2:CreateVpc", "ec2:DeleteVpc", "ec2:ModifyVpcAttribute", ...TAGS],
  },
  aws_vpc_endpoint: {
    reads: ["ec2:DescribeVpcEndpoints", "ec2:DescribePrefixLists"],
    writes: ["ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint", "ec2:DeleteVpcEndpoints", ...TAGS],
  },
  aws_vpc_security_group_ingress_rule: {
    reads: GROUPS,
    writes: [...INGRESS, "ec2:ModifySecurityGroupRules", ...TAGS],
  },
} as const satisfies ActionTable;
