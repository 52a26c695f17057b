import type { EnvironmentEntry } from "@paved/model";
import { attributeRule, one } from "../rule/attribute-rule";
import {
  asNumber,
  at,
  attached,
  blocks,
  isAtLeast,
  isFalse,
  isNotTrue,
  isOneOf,
  isSet,
  isTrue,
  shown,
  texts,
  unless,
} from "../rule/attributes";
import { isOfNetwork } from "../rule/network-peer";
import { isOwnKey } from "../rule/own";
import { type Attributes, type ResourceRule, resourceRule } from "../rule/rule";

const INGRESS = [
  "aws_vpc_security_group_ingress_rule",
  "aws_security_group_rule",
  "aws_security_group",
  "aws_default_security_group",
];
const RULES = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", "aws_security_group_rule"];
const RANGES = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"];
const PREFIX_LISTS = ["prefix_list_id", "prefix_list_ids"];
const GROUPS = ["referenced_security_group_id", "source_security_group_id", "security_groups"];

/** Who a rule of a firewall lets in that is neither in the network nor has a security group that the stack knows. */
function strangers(rule: Attributes, environment: EnvironmentEntry): readonly string[] {
  const ranges = RANGES.flatMap((attribute) => texts(rule[attribute]));
  const groups = GROUPS.flatMap((attribute) => texts(rule[attribute]));
  return [
    ...ranges.filter((range) => !isOfNetwork(range, environment)).map(shown),
    ...groups.filter((group) => !group.startsWith("${")).map(shown),
    ...PREFIX_LISTS.filter((attribute) => isSet(rule[attribute])).map((list) => `${list} ${shown(rule[list])}`),
    ...(ranges.length + groups.length > 0 || isTrue(rule["self"]) ? [] : ["nobody who is named"]),
  ];
}

/** Whether a rule opens more than is used: every protocol, or for who comes in more than one port. */
function isTooWide(rule: Attributes, comesIn: boolean): boolean {
  const [from, to] = [asNumber(rule["from_port"]), asNumber(rule["to_port"])];
  if (["-1", -1, "all"].includes((rule["ip_protocol"] ?? rule["protocol"]) as string | number)) return true;
  return comesIn ? from !== to : !(from > 1 || to < 65_535);
}

/** The rules of a firewall that a resource holds, each with whether it is on who comes in. */
function rulesIn(type: string, attributes: Attributes): readonly (readonly [Attributes, boolean])[] {
  if (!type.endsWith("security_group")) {
    return [[attributes, type.endsWith("ingress_rule") || attributes["type"] === "ingress"]];
  }
  return ["ingress", "egress"].flatMap((side) =>
    blocks(attributes[side]).map((rule) => [rule, side === "ingress"] as const),
  );
}

/** Rules on networks, nodes and firewalls. */
export const ec2Rules: readonly ResourceRule[] = [
  attributeRule({
    id: "AWS-EC2-001",
    title: "Instance metadata takes a token and does not leave the node",
    severity: "high",
    source: "Security Hub EC2.8, EC2.170; EKS Best Practices, IAM; CKV_AWS_79, CKV_AWS_341",
    why: "With version 1, or a second hop, a pod that can be made to fetch an address has the node's credentials.",
    want: "http_tokens required and http_put_response_hop_limit 1",
    fix: "add nodes with Cluster.addNodeGroup; pods get their identity from Pod Identity",
    type: "aws_launch_template",
    demands: {
      "metadata_options.http_tokens": isOneOf("required"),
      "metadata_options.http_put_response_hop_limit": isOneOf(1, "1"),
    },
    fails: { metadata_options: { http_tokens: "optional", http_put_response_hop_limit: 2 } },
    passes: { metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 } },
  }),
  resourceRule({
    id: "AWS-EC2-002",
    title: "Disks of nodes are encrypted with an own key",
    severity: "high",
    source: "Security Hub EC2.7; CKV_AWS_3",
    why: "A snapshot of a disk is a copy of what pods wrote to it.",
    want: "encrypted true and a kms_key_id of the account's own on every disk",
    fix: "add nodes with Cluster.addNodeGroup",
    judges: ["aws_launch_template"],
    check: (subject) => {
      const disks = blocks(subject.attributes["block_device_mappings"]);
      const bare = disks.filter(
        (disk) => !isTrue(at(disk, "ebs.encrypted")) || !isOwnKey(at(disk, "ebs.kms_key_id"), subject),
      );
      return [
        ...unless(disks.length > 0, "no disk"),
        ...bare.map((disk) => ({ got: `disk ${shown(disk["device_name"])} without encryption by an own key` })),
      ];
    },
    fails: one("aws_launch_template", {
      block_device_mappings: [{ device_name: "/dev/xvda", ebs: { encrypted: false } }],
    }),
    passes: one("aws_launch_template", {
      block_device_mappings: [
        { device_name: "/dev/xvda", ebs: { encrypted: true, kms_key_id: "${aws_kms_key.disk.arn}" } },
      ],
    }),
  }),
  resourceRule({
    id: "AWS-EC2-003",
    title: "Nothing gets a public address by itself",
    severity: "high",
    source: "Security Hub EC2.9, EC2.15, EC2.25; CIS EKS 1.8 5.4.3; CKV_AWS_88, CKV_AWS_130",
    why: "A machine with a public address is one security group away from the internet.",
    want: "map_public_ip_on_launch not true, and associate_public_ip_address false for every interface",
    fix: "make subnets with Network and nodes with Cluster",
    judges: ["aws_subnet", "aws_launch_template", "aws_instance"],
    check: ({ type, attributes }) => {
      if (type === "aws_subnet")
        return unless(isNotTrue(attributes["map_public_ip_on_launch"]), "map_public_ip_on_launch is true");
      const addressed = type === "aws_launch_template" ? blocks(attributes["network_interfaces"]) : [attributes];
      return unless(
        addressed.length > 0 && addressed.every((each) => isFalse(each["associate_public_ip_address"])),
        "associate_public_ip_address is not false",
      );
    },
    fails: one("aws_subnet", { map_public_ip_on_launch: true }),
    passes: one("aws_subnet", { map_public_ip_on_launch: false }),
  }),
  resourceRule({
    id: "AWS-EC2-004",
    title: "No firewall lets the internet in",
    severity: "critical",
    source: "Security Hub EC2.18, EC2.19; CKV_AWS_24, CKV_AWS_25, CKV_AWS_260, CKV_AWS_277",
    why: "Traffic from outside comes through the gateway, which has the certificate, the logs and the routes.",
    want: "sources that are security groups by reference, or private ranges of the environment's network or of who reaches its API",
    fix: "name the security group of who may connect, or expose the service with exposeAt",
    judges: INGRESS,
    appliesTo: ({ type, attributes }) => type !== "aws_security_group_rule" || attributes["type"] === "ingress",
    check: ({ type, attributes, environment }) =>
      rulesIn(type, attributes)
        .filter(([, comesIn]) => comesIn)
        .flatMap(([rule]) => strangers(rule, environment))
        .map((source) => ({ got: `ingress from ${source}` })),
    fails: one("aws_vpc_security_group_ingress_rule", { cidr_ipv4: "0.0.0.0/1", from_port: 5432, to_port: 5432 }),
    passes: one("aws_vpc_security_group_ingress_rule", {
      referenced_security_group_id: "${aws_security_group.pods.id}",
      from_port: 5432,
      to_port: 5432,
    }),
  }),
  resourceRule({
    id: "AWS-EC2-005",
    title: "No firewall opens more ports than are used",
    severity: "high",
    source: "Security Hub EC2.18; CKV_AWS_277, CKV_AWS_382",
    why: "A rule for all ports grants what is listened on tomorrow.",
    want: "the protocol that is used, for who comes in one port a rule, and for what goes out not all of them",
    fix: "name ip_protocol, from_port and to_port",
    judges: [...RULES, "aws_security_group", "aws_default_security_group"],
    check: ({ type, attributes }) =>
      rulesIn(type, attributes)
        .filter(([rule, comesIn]) => isTooWide(rule, comesIn))
        .map(([rule]) => ({ got: `ports ${shown(rule["from_port"])} to ${shown(rule["to_port"])}` })),
    fails: one("aws_vpc_security_group_egress_rule", { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" }),
    passes: one("aws_vpc_security_group_egress_rule", {
      cidr_ipv4: "10.0.0.0/16",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
    }),
  }),
  resourceRule({
    id: "AWS-EC2-006",
    title: "A firewall and each of its rules says what it is for",
    severity: "low",
    source: "CKV_AWS_23",
    why: "Nobody dares to remove a rule of which nobody knows the reason.",
    want: "a description",
    fix: "write a description",
    judges: [...RULES, "aws_security_group"],
    check: ({ attributes }) => unless(isSet(attributes["description"]), "no description"),
    fails: one("aws_security_group", { name: "orders" }),
    passes: one("aws_security_group", { name: "orders", description: "Who may connect to the database of orders" }),
  }),
  resourceRule({
    id: "AWS-EC2-007",
    title: "The default security group of a network lets nothing through",
    severity: "high",
    source: "Security Hub EC2.2; CKV2_AWS_12",
    why: "What names no security group lands in the default one, where all may speak to all.",
    want: "an aws_default_security_group without rules for every aws_vpc",
    fix: "make the network with Network",
    judges: ["aws_vpc"],
    check: (subject) => {
      const closed = attached(subject, "aws_default_security_group", "vpc_id").some(
        ({ attributes }) => !isSet(attributes["ingress"]) && !isSet(attributes["egress"]),
      );
      return unless(closed, `no closed default security group of ${subject.address}`);
    },
    fails: one("aws_vpc", { cidr_block: "10.0.0.0/16" }),
    passes: {
      aws_vpc: { example: { cidr_block: "10.0.0.0/16" } },
      aws_default_security_group: { closed: { vpc_id: "${aws_vpc.example.id}" } },
    },
  }),
  resourceRule({
    id: "AWS-EC2-008",
    title: "A network records all its flows",
    severity: "medium",
    source: "Security Hub EC2.6; CKV2_AWS_11",
    why: "What left the network, and what was refused, cannot be found out afterwards.",
    want: "an aws_flow_log with traffic_type ALL",
    fix: "make the network with Network",
    judges: ["aws_vpc"],
    check: (subject) => {
      const logs = attached(subject, "aws_flow_log", "vpc_id").filter(
        ({ attributes }) => attributes["traffic_type"] === "ALL",
      );
      return unless(logs.length > 0, `no flow log of all traffic of ${subject.address}`);
    },
    fails: one("aws_vpc", { cidr_block: "10.0.0.0/16" }),
    passes: {
      aws_vpc: { example: { cidr_block: "10.0.0.0/16" } },
      aws_flow_log: { all: { vpc_id: "${aws_vpc.example.id}", traffic_type: "ALL" } },
    },
  }),
  resourceRule({
    id: "AWS-EC2-009",
    title: "Rules of a firewall are resources of their own",
    severity: "low",
    source: "AWS provider, aws_security_group: inline rules conflict with rule resources",
    why: "Inline rules and rule resources remove each other's at every apply.",
    want: "no ingress and egress blocks in aws_security_group",
    fix: "write each as aws_vpc_security_group_ingress_rule or _egress_rule",
    judges: ["aws_security_group"],
    check: ({ attributes }) =>
      ["ingress", "egress"].filter((block) => isSet(attributes[block])).map((block) => ({ got: `inline ${block}` })),
    fails: one("aws_security_group", { description: "Orders", ingress: [{ from_port: 443, to_port: 443 }] }),
    passes: one("aws_security_group", { description: "Orders" }),
  }),
  resourceRule({
    id: "AWS-EC2-010",
    title: "AWS is reached inside the network under its own names",
    severity: "medium",
    source: "Security Hub EC2.10; decision 0006",
    why: "Without private names, calls to AWS leave by the public way although there is an endpoint.",
    want: "vpc_endpoint_type Gateway, or Interface with private_dns_enabled true",
    fix: "make the network with Network",
    judges: ["aws_vpc_endpoint"],
    check: ({ attributes }) => {
      const type = attributes["vpc_endpoint_type"];
      const named = type === "Gateway" || (type === "Interface" && isTrue(attributes["private_dns_enabled"]));
      return unless(named, `vpc_endpoint_type is ${shown(type)} without private names`);
    },
    fails: one("aws_vpc_endpoint", { vpc_endpoint_type: "Interface" }),
    passes: one("aws_vpc_endpoint", { vpc_endpoint_type: "Gateway" }),
  }),
  attributeRule({
    id: "AWS-LOG-001",
    title: "Logs are kept for a time that is said",
    severity: "low",
    source: "Security Hub CloudWatch.16; CKV_AWS_66, CKV_AWS_338",
    why: "Logs without an end are kept, and paid for, for ever; logs of two weeks are gone when they are asked for.",
    want: "retention_in_days of 30 or more, and of 365 or more where the environment is protected",
    fix: "make the log group with LogGroup",
    type: "aws_cloudwatch_log_group",
    demands: { retention_in_days: (days, { environment }) => isAtLeast(environment.protected ? 365 : 30)(days) },
    fails: { name: "/paved/orders", retention_in_days: 90 },
    passes: { name: "/paved/orders", retention_in_days: 365 },
  }),
  attributeRule({
    id: "AWS-LOG-002",
    title: "Logs are encrypted with an own key",
    severity: "medium",
    source: "CKV_AWS_158",
    why: "Logs hold what users typed; a key of one's own says who may read them, and records who did.",
    want: "a kms_key_id of the account's own",
    fix: "make the log group with LogGroup and give it a key",
    type: "aws_cloudwatch_log_group",
    demands: { kms_key_id: isOwnKey },
    fails: { name: "/paved/orders" },
    passes: { name: "/paved/orders", kms_key_id: "${aws_kms_key.logs.arn}" },
  }),
];
