import type { Attributes, Resources } from "../src/rule/rule";
import { rules } from "../src/rules";
import { brokenBy } from "./broken-by";

const kept = (id: string): Resources => rules.find((rule) => rule.id === id)!.passes as Resources;

const ingress = (source: Attributes) =>
  brokenBy({
    aws_vpc_security_group_ingress_rule: { it: { from_port: 443, to_port: 443, ip_protocol: "tcp", ...source } },
  });

test.each([
  ["half of the internet", { cidr_ipv4: "0.0.0.0/1" }],
  ["the other half", { cidr_ipv4: "128.0.0.0/1" }],
  ["the internet with a blank", { cidr_ipv4: "0.0.0.0/0 " }],
  ["IPv6", { cidr_ipv6: "::/0" }],
  ["a private range of somebody else", { cidr_ipv4: "192.168.0.0/16" }],
  ["more than the network", { cidr_ipv4: "10.0.0.0/8" }],
  ["a prefix list", { prefix_list_id: "pl-6da54004" }],
  ["a security group of somebody else", { referenced_security_group_id: "999999999999/sg-0123456789abcdef0" }],
  ["nobody", {}],
])("fails AWS-EC2-004 with ingress from %s", (_, source) => {
  expect(ingress(source)).toContain("AWS-EC2-004");
});

test.each([
  ["the network", { cidr_ipv4: "10.10.0.0/16" }],
  ["a part of it", { cidr_ipv4: "10.10.224.0/22" }],
  ["who reaches the API", { cidr_ipv4: "10.250.0.0/20" }],
  ["a security group", { referenced_security_group_id: "${aws_security_group.pods.id}" }],
])("keeps AWS-EC2-004 and AWS-EC2-005 with ingress from %s", (_, source) => {
  expect(ingress(source).filter((id) => id === "AWS-EC2-004" || id === "AWS-EC2-005")).toEqual([]);
});

test.each([
  ["every port but one", { from_port: 0, to_port: 65_534 }],
  ["a range", { from_port: 1024, to_port: 2048 }],
  ["every protocol", { ip_protocol: "-1" }],
  ["no port", { from_port: undefined, to_port: undefined }],
])("fails AWS-EC2-005 with ingress to %s", (_, ports) => {
  expect(ingress({ cidr_ipv4: "10.10.0.0/16", ...ports })).toContain("AWS-EC2-005");
});

const policy = (spec: object) => brokenBy([{ kind: "NetworkPolicy", metadata: { name: "orders" }, spec }]);
const ports = [{ protocol: "TCP", port: 443 }];

test.each([
  "0.0.0.0/0",
  "0.0.0.0/1",
  "128.0.0.0/1",
  "::/0",
  "8.8.8.0/24",
  "10.0.0.0/8",
  "10.10.0.0/16",
  "10.10.32.0/19",
  "10.10.192.0/22 ",
])("fails K8S-NET-002 with ingress from %p", (cidr) => {
  expect(policy({ ingress: [{ from: [{ ipBlock: { cidr } }], ports }] })).toContain("K8S-NET-002");
});

test.each([
  ["the credentials of nodes, in a half", [{ ipBlock: { cidr: "128.0.0.0/1" } }], ports],
  ["the credentials of nodes, in a few addresses", [{ ipBlock: { cidr: "169.254.169.252/30" } }], ports],
  ["the credentials of nodes, by IPv6", [{ ipBlock: { cidr: "fd00::/8" } }], ports],
  ["the network itself among everything", [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }], ports],
  ["all but something else", [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }], ports],
  ["every port", [{ ipBlock: { cidr: "8.8.8.0/24" } }], [{ protocol: "TCP" }]],
  ["a range of ports", [{ ipBlock: { cidr: "8.8.8.0/24" } }], [{ port: 1, endPort: 65_535 }]],
  ["pods, by their addresses", [{ ipBlock: { cidr: "10.10.32.0/19" } }], ports],
  ["no range", [{ ipBlock: { cidr: "everywhere" } }], ports],
])("fails K8S-NET-003 with egress to %s", (_, to, named) => {
  expect(policy({ egress: [{ to, ports: named }] })).toContain("K8S-NET-003");
});

test("keeps K8S-NET-002 and K8S-NET-003 with ranges of the network that hold no pods", () => {
  const peers = [{ ipBlock: { cidr: "10.10.192.0/22" } }, { ipBlock: { cidr: "10.10.224.0/22" } }];
  const broken = policy({ ingress: [{ from: peers, ports }], egress: [{ to: peers, ports }] });
  expect(broken.filter((id) => id === "K8S-NET-002" || id === "K8S-NET-003")).toEqual([]);
});

test.each([
  ["ingress", { ingress: [{ from: [{ ip_block: [{ cidr: "128.0.0.0/1" }] }] }] }],
  ["egress", { egress: [{ to: [{ ip_block: [{ cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] }] }] }] }],
])("fails K8S-NS-010 with %s beyond the network", (_, spec) => {
  expect(brokenBy({ kubernetes_network_policy_v1: { it: { spec } } })).toContain("K8S-NS-010");
});

const network = kept("AWS-VPC-002");
const route = (name: string, target: Attributes): Resources => ({
  ...network,
  aws_route: { ...network["aws_route"], [name]: { route_table_id: `\${aws_route_table.${name}.id}`, ...target } },
});
const contract = (from: string, to: string): Resources => ({
  ...network,
  aws_ssm_parameter: JSON.parse(
    JSON.stringify(network["aws_ssm_parameter"]).replace(from, to),
  ) as Resources["aws_ssm_parameter"] & object,
});

test.each<[string, Resources]>([
  ["intra subnets that lead to the internet", route("intra", { gateway_id: "${aws_internet_gateway.main.id}" })],
  ["private subnets that lead to the internet", route("private", { gateway_id: "${aws_internet_gateway.main.id}" })],
  ["private subnets that lead to a peering", route("private", { vpc_peering_connection_id: "pcx-1" })],
  ["private subnets told of as intra", contract("aws_subnet.intra.id", "aws_subnet.private.id")],
  ["subnets of somebody else told of as intra", contract("aws_subnet.intra.id", '\\"subnet-1\\"')],
  [
    "a subnet of somebody else beside the intra ones",
    contract("aws_subnet.intra.id", 'aws_subnet.intra.id, \\"subnet-1\\"'),
  ],
  ["nothing told", { ...network, aws_ssm_parameter: {} }],
  ["subnets in no route table", { ...network, aws_route_table_association: {} }],
])("fails AWS-VPC-002 with %s", (_, resources) => {
  expect(brokenBy(resources)).toContain("AWS-VPC-002");
});

test.each<[string, string, Attributes]>([
  ["a network with IPv6", "aws_vpc", { cidr_block: "10.10.0.0/16", assign_generated_ipv6_cidr_block: true }],
  ["a network of another range", "aws_vpc", { cidr_block: "10.99.0.0/16" }],
  ["a public address for a machine", "aws_eip", { domain: "vpc", instance: "i-0123456789abcdef0" }],
  ["routes within a table", "aws_route_table", { route: [{ cidr_block: "0.0.0.0/0", gateway_id: "igw-1" }] }],
  ["an endpoint of somebody else", "aws_vpc_endpoint", { service_name: "com.amazonaws.vpce.eu-west-1.vpce-svc-1" }],
  ["an endpoint of another region", "aws_vpc_endpoint", { service_name: "com.amazonaws.us-east-1.s3" }],
])("fails AWS-VPC-001 with %s", (_, type, attributes) => {
  expect(brokenBy({ [type]: { it: attributes } })).toContain("AWS-VPC-001");
});

test.each<[string, Resources]>([
  ["nodes in subnets that are written down", { aws_eks_node_group: { it: { subnet_ids: ["subnet-1"] } } }],
  ["a control plane without subnets", { aws_eks_cluster: { it: { vpc_config: {} } } }],
  ["a database in no subnet group of its own", { aws_db_instance: { it: { db_subnet_group_name: "default" } } }],
  [
    "a cache behind the firewall of the pods",
    {
      aws_elasticache_subnet_group: { it: {} },
      aws_elasticache_replication_group: {
        it: { subnet_group_name: "${aws_elasticache_subnet_group.it.name}", security_group_ids: ["sg-1"] },
      },
    },
  ],
])("fails AWS-VPC-003 with %s", (_, resources) => {
  expect(brokenBy(resources)).toContain("AWS-VPC-003");
});
