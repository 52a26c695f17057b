import { stackDifferences } from "../src/difference/stack-difference";
import { readRoot } from "../src/difference/root-document";
import { type Effect, effectsOf } from "../src/impact/effects";
import { referencesIn } from "../src/impact/references";
import { fleetOf, type MadeStack } from "./synthesized-fleet";

type Resources = NonNullable<MadeStack["resource"]>;

const effects = (before: Resources, after: Resources, more: MadeStack = {}): readonly Effect[] => {
  const fleets = [
    fleetOf({ "dev-orders": { resource: before } }),
    fleetOf({ "dev-orders": { resource: after, ...more } }),
  ];
  const [difference] = stackDifferences(fleets[0]!, fleets[1]!);
  const { resources } = readRoot(JSON.stringify({ resource: after }));
  return effectsOf(difference?.elements ?? [], { resources, sources: new Map() });
};
const said = (all: readonly Effect[]) => all.map(({ address, action }) => `${action} ${address}`);

const database = (more: object = {}) => ({
  aws_db_instance: { main: { identifier: "orders-dev", instance_class: "db.t4g.small", ...more } },
});
const vpc = (cidr: string) => ({
  aws_vpc: { main: { cidr_block: cidr } },
  aws_subnet: { private: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.0.0/24" } },
  aws_db_subnet_group: { group: { name: "group", subnet_ids: ["${aws_subnet.private.id}"] } },
  aws_ssm_parameter: {
    facts: { name: "/facts", insecure_value: '${jsonencode({"vpc" = aws_vpc.main.id, "n" = {}})}' },
  },
});

test("what is new is created, what is gone is destroyed, and what holds data says what is lost", () => {
  const queue = { aws_sqs_queue: { q: { name: "q" } } };
  const role = { aws_iam_role: { r: { name: "r" } } };
  expect(effects(queue, role)).toMatchObject([
    { address: "aws_iam_role.r", action: "create" },
    { address: "aws_sqs_queue.q", action: "destroy", loses: "messages" },
  ]);
});

test("what can be changed in place is updated, what cannot is replaced, and says for which attribute", () => {
  expect(effects(database(), database({ instance_class: "db.m7g.large" }))).toMatchObject([{ action: "update" }]);
  expect(effects(database(), database({ db_name: "orders_db" }))).toMatchObject([
    { action: "replace", because: ["db_name"], loses: "data" },
  ]);
});

test("an attribute inside a block replaces as the block's path says", () => {
  const map = (name: string) => ({ kubernetes_config_map_v1: { c: { metadata: { name }, data: {} } } });
  expect(effects(map("a"), map("b"))).toMatchObject([{ action: "replace", because: ["metadata.name"] }]);
});

test("what names something that is replaced is replaced or updated itself, however far", () => {
  expect(said(effects(vpc("10.0.0.0/16"), vpc("10.1.0.0/16")))).toEqual([
    "update aws_db_subnet_group.group",
    "update aws_ssm_parameter.facts",
    "replace aws_subnet.private",
    "replace aws_vpc.main",
  ]);
  const [, , subnet] = effects(vpc("10.0.0.0/16"), vpc("10.1.0.0/16"));
  expect(subnet?.because).toEqual(["vpc_id (aws_vpc.main)"]);
});

test("an attribute that is written is known, and what names it stays as it is", () => {
  const named = (engine: string) => ({
    ...database({ identifier: "x", engine }),
    aws_cloudwatch_metric_alarm: {
      a: { alarm_name: "a", dimensions: { DBInstanceIdentifier: "${aws_db_instance.main.identifier}" } },
    },
  });
  expect(said(effects(named("postgres"), named("mysql")))).toEqual(["replace aws_db_instance.main"]);
});

test("what moves is moved; when it changes as well it is updated or replaced", () => {
  const at = (name: string, more: object = {}) => ({
    aws_db_instance: { [name]: database(more).aws_db_instance.main },
  });
  const moved = [{ from: "aws_db_instance.main", to: "aws_db_instance.store" }];
  const records = { records: { moved, retired: [], forgotten: [], imported: [] } };
  expect(effects(at("main"), at("store"), records)).toMatchObject([{ action: "move", from: "aws_db_instance.main" }]);
  expect(said(effects(at("main"), at("store", { instance_class: "db.m7g.large" }), records))).toEqual([
    "update aws_db_instance.store",
  ]);
  expect(said(effects(at("main"), at("store", { db_name: "b" }), records))).toEqual(["replace aws_db_instance.store"]);
});

test("what is imported is not created, and nothing that names it is told of", () => {
  const imported = [{ address: "aws_db_instance.main", reason: "by hand", id: "main" }];
  const records = { records: { moved: [], retired: [], forgotten: [], imported } };
  expect(said(effects({}, database(), records))).toEqual(["import aws_db_instance.main"]);
});

test("what only OpenTofu reads is nothing that happens in the cloud", () => {
  const kept = database({ lifecycle: { prevent_destroy: true } });
  expect(said(effects(kept, database()))).toEqual(["settings aws_db_instance.main"]);
});

test("references are found in expressions alone, in functions and indexes too", () => {
  expect(
    referencesIn({
      text: "aws_vpc.main.id is no reference",
      depends_on: ["aws_vpc.main"],
      list: ["${aws_subnet.a-0.id}", "${element(aws_subnet.b[*].arn, 0)}"],
      block: [{ secret: "${aws_db_instance.main.master_user_secret[0].secret_arn}" }],
      read: "${data.aws_region.current.name}",
    }),
  ).toEqual([
    { path: "list", address: "aws_subnet.a-0", attribute: "id" },
    { path: "list", address: "aws_subnet.b", attribute: "arn" },
    { path: "block.secret", address: "aws_db_instance.main", attribute: "master_user_secret" },
  ]);
});
