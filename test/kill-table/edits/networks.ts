import { type Edit, editsOf } from "../edit";

const policy = "policy";

/** Unsafe edits of where things stand in a network, who gets in, and what nodes run. */
export const networkEdits: readonly Edit[] = [
  ...editsOf("modules/src/network/network.ts", [
    {
      what: "databases and control plane stand in public subnets, by name",
      from: "privateSubnetIds, intraSubnetIds });",
      to: "privateSubnetIds, intraSubnetIds: publicSubnetIds });",
      caught: policy,
      by: "AWS-VPC-002",
    },
    {
      what: "databases have a way out",
      from: '    this.associate("intra", subnets, () => table);\n',
      to: '    this.associate("intra", subnets, () => table);\n    new Route(this, "route-intra", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-0123456789abcdef0" });\n',
      caught: policy,
      by: "AWS-VPC-002",
    },
    {
      what: "everything gets public addresses of IPv6",
      from: "enableDnsHostnames: true",
      to: "enableDnsHostnames: true, assignGeneratedIpv6CidrBlock: true",
      caught: policy,
      by: "AWS-VPC-001",
    },
  ]),
  ...editsOf("modules/src/network/private-endpoints.ts", [
    {
      what: "half of the internet reaches the endpoints of AWS",
      from: "cidrIpv4: this.props.vpcCidr",
      to: 'cidrIpv4: "0.0.0.0/1"',
      caught: policy,
      by: "AWS-EC2-004",
    },
  ]),
  ...editsOf("modules/src/database/database.ts", [
    {
      what: "databases stand in public subnets",
      from: "this.props.network.intraSubnetIds",
      to: "this.props.network.publicSubnetIds",
      caught: policy,
      by: "AWS-VPC-003",
    },
  ]),
  ...editsOf("modules/src/namespace/network-rules.ts", [
    {
      what: "pods reach the credentials of their node, by a wider range",
      from: "169.254.170.23/32",
      to: "169.254.0.0/16",
      caught: policy,
      by: "K8S-NS-010",
    },
  ]),
  ...editsOf("golden-paths/src/manifests/network-policy.ts", [
    {
      what: "what may call the internet speaks every protocol there",
      from: "ports: tcp(443)",
      to: 'ports: [{ protocol: "TCP", port: 1, endPort: 65_535 }]',
      caught: policy,
      by: "K8S-NET-003",
    },
  ]),
  ...editsOf("modules/src/cluster/cluster.ts", [
    {
      what: "nodes stand in public subnets",
      from: "props.network.privateSubnetIds",
      to: "props.network.publicSubnetIds",
      caught: policy,
      by: "AWS-VPC-003",
    },
    {
      what: "machines of elsewhere join the cluster",
      from: "bootstrapSelfManagedAddons: false,",
      to: 'bootstrapSelfManagedAddons: false, remoteNetworkConfig: { remoteNodeNetworks: { cidrs: ["192.168.0.0/16"] } },',
      caught: policy,
      by: "AWS-EKS-015",
    },
    {
      what: "every team rules the cluster",
      from: "groups: [teamGroup(team)] }",
      to: 'groups: [teamGroup(team)], policy: "cluster-admin" }',
      caught: policy,
      by: "AWS-EKS-009",
    },
  ]),
  ...editsOf("modules/src/cluster/node-config.ts", [
    {
      what: "nodes run a program when they start",
      from: "Content-Type: application/node.eks.aws",
      to: "Content-Type: text/x-shellscript",
      caught: policy,
      by: "AWS-EKS-012",
    },
  ]),
  ...editsOf("modules/src/cluster/node-group.ts", [
    {
      what: "nodes run an image that nobody patches",
      from: "updateDefaultVersion: true,",
      to: 'updateDefaultVersion: true, imageId: "ami-0123456789abcdef0",',
      caught: policy,
      by: "AWS-EKS-012",
    },
  ]),
  ...editsOf("modules/src/cluster/add-ons.ts", [
    {
      what: "pods leave the network under their own addresses",
      from: 'WARM_PREFIX_TARGET: "1" }',
      to: 'WARM_PREFIX_TARGET: "1", AWS_VPC_K8S_CNI_EXTERNALSNAT: "true" }',
      caught: policy,
      by: "AWS-EKS-014",
    },
  ]),
];
