import { synth } from "@paved/testing";
import { consume, contractLedger, Network, networkContract, PavedStack } from "../src";
import { dev, production, synthIn } from "./support/stacks";

const network = (environment: typeof dev | typeof production) =>
  synthIn(environment, (stack) => void new Network(stack, "network"), "network");

test("snapshot: dev, one NAT gateway for all zones", () => {
  expect(network(dev).summary()).toMatchSnapshot();
});

test("snapshot: production, one NAT gateway a zone", () => {
  expect(network(production).summary()).toMatchSnapshot();
});

test("no subnet gives public addresses by itself", () => {
  const subnets = Object.values(network(dev).resources("aws_subnet"));
  expect(subnets.map((subnet) => subnet["map_public_ip_on_launch"])).toEqual(Array.from({ length: 9 }, () => false));
});

test("every subnet has its zone, its range and a route table", () => {
  const stack = network(dev);
  expect(stack.at("aws_subnet.network_subnet-private-b")).toMatchObject({
    availability_zone: "eu-west-1b",
    cidr_block: "10.10.32.0/19",
  });
  expect(Object.keys(stack.resources("aws_route_table_association"))).toHaveLength(9);
});

test("load balancers find their subnets by tag, and databases' subnets are not among them", () => {
  const stack = network(dev);
  const tags = (tier: string) => stack.at(`aws_subnet.network_subnet-${tier}-a`)["tags"];
  expect(tags("public")).toMatchObject({ "kubernetes.io/role/elb": "1" });
  expect(tags("private")).toMatchObject({ "kubernetes.io/role/internal-elb": "1" });
  expect(tags("intra")).toEqual({ Name: "paved-dev-intra-a" });
});

test("intra subnets have no way out", () => {
  const routes = Object.values(network(production).resources("aws_route")).map((route) => route["route_table_id"]);
  expect(routes).toEqual([
    "${aws_route_table.network_routes-private-a.id}",
    "${aws_route_table.network_routes-private-b.id}",
    "${aws_route_table.network_routes-private-c.id}",
    "${aws_route_table.network_routes-public.id}",
  ]);
});

test("with one NAT gateway a zone, no zone goes out through another", () => {
  const routes = network(production).resources("aws_route");
  for (const zone of ["a", "b", "c"]) {
    expect(routes[`network_route-private-${zone}`]?.["nat_gateway_id"]).toBe(
      `\${aws_nat_gateway.network_nat-${zone}.id}`,
    );
  }
});

test("going from one NAT gateway to one a zone changes routes, and no association", () => {
  const many = synthIn(
    { ...dev, network: { ...dev.network, natGateways: "per-zone" } },
    (stack) => void new Network(stack, "network"),
    "network",
  );
  const associations = (stack: typeof many) => stack.resources("aws_route_table_association");
  expect(associations(many)).toEqual(associations(network(dev)));
});

test("every connection is logged, to an encrypted group that forgets on time", () => {
  const stack = network(production);
  expect(stack.only("aws_flow_log")).toMatchObject({ traffic_type: "ALL", vpc_id: "${aws_vpc.network_vpc.id}" });
  expect(stack.only("aws_cloudwatch_log_group")).toEqual({
    name: "/paved/production/flow-logs",
    retention_in_days: 365,
    kms_key_id: "${aws_kms_key.network_flow-logs_key_key.arn}",
  });
});

test("flow logs may write to their own group only, for this account", () => {
  const stack = network(dev);
  const policy = JSON.parse(String(stack.only("aws_iam_role_policy")["policy"])) as { Statement: object[] };
  expect(policy.Statement).toMatchObject([
    { Resource: ["${aws_cloudwatch_log_group.network_flow-logs_logs_group.arn}:*"] },
  ]);
  expect(stack.only("aws_iam_role")["assume_role_policy"]).toContain(dev.account);
});

test("the default security group lets nothing through", () => {
  const group = network(dev).only("aws_default_security_group");
  expect(group).toEqual({ vpc_id: "${aws_vpc.network_vpc.id}", tags: { Name: "paved-dev-closed" } });
});

test("S3 and DynamoDB are reached from every subnet without NAT", () => {
  const all = Object.values(network(dev).resources("aws_vpc_endpoint"));
  const endpoints = all.filter((endpoint) => endpoint["vpc_endpoint_type"] === "Gateway");
  expect(endpoints.map((endpoint) => endpoint["service_name"])).toEqual([
    "com.amazonaws.eu-west-1.dynamodb",
    "com.amazonaws.eu-west-1.s3",
  ]);
  for (const endpoint of endpoints) expect(endpoint["route_table_ids"]).toHaveLength(5);
});

test("its facts are published for the other stacks of the environment", () => {
  synth((app) => {
    const producer = new PavedStack(app, { environment: dev, name: "network", kind: "network", owner: "platform" });
    new Network(producer, "network");
    const consumer = new PavedStack(app, { environment: dev, name: "cluster", kind: "cluster", owner: "platform" });
    consume(consumer, networkContract);
    expect(contractLedger(app).findings()).toEqual([]);
    expect(contractLedger(app).publishedBy(producer)).toEqual(["network@1"]);
  });
});

test("fails with PVD1012 when the environment's range is too small", () => {
  const small = { ...dev, network: { ...dev.network, cidr: "10.0.0.0/24" } };
  expect(() => synthIn(small, (stack) => void new Network(stack, "network"))).toThrow(/PVD1012/);
});

test("pods call S3, Secrets Manager, SNS and SQS inside the network, at HTTPS only", () => {
  const stack = network(dev);
  const endpoints = Object.values(stack.resources("aws_vpc_endpoint")).filter(
    (each) => each["vpc_endpoint_type"] === "Interface",
  );
  expect(endpoints.map((each) => each["service_name"])).toEqual([
    "com.amazonaws.eu-west-1.s3",
    "com.amazonaws.eu-west-1.secretsmanager",
    "com.amazonaws.eu-west-1.sns",
    "com.amazonaws.eu-west-1.sqs",
  ]);
  expect(endpoints.every((each) => each["private_dns_enabled"] === true)).toBe(true);
  expect(stack.at("aws_vpc_security_group_ingress_rule.network_endpoints_from-network")).toMatchObject({
    cidr_ipv4: dev.network.cidr,
    from_port: 443,
    to_port: 443,
  });
});
