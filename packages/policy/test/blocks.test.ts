import { judgeStack, type StackOutput } from "../src";
import { terraform } from "./sound-terraform";

const queue = { address: "aws_sqs_queue.orders", path: "orders", source: "stacks/services/orders.ts:9" };
const sound = { terraform, provider: { aws: [{ region: "eu-west-1" }] }, resource: { aws_sqs_queue: { orders: {} } } };
const output = (json: object): StackOutput => ({ name: "dev-orders", elements: [queue], json: { ...sound, ...json } });
const judged = (json: object) =>
  judgeStack(output(json)).map(({ code, where, got, source }) => [code, where, got, source]);

test("a stack with its own providers, resources and records passes", () => {
  const records = { moved: [], removed: [], data: { aws_region: { here: {} } } };
  expect(judged(records)).toEqual([]);
});

test.each(["module", "check", "ephemeral", "variable", "output", "locals"])(
  "fails with PVD1034 for a %s block",
  (block) => {
    expect(judged({ [block]: { evil: {} } })).toEqual([["PVD1034", "dev-orders", `a ${block} block`, undefined]]);
  },
);

test.each(["provisioner", "connection", "count", "for_each"])("fails with PVD1034 for %s of a resource", (argument) => {
  expect(judged({ resource: { aws_sqs_queue: { orders: { [argument]: [] } } } })).toEqual([
    ["PVD1034", "dev-orders aws_sqs_queue.orders", `${argument} of a aws_sqs_queue`, "stacks/services/orders.ts:9"],
  ]);
});

test.each<readonly [object, string]>([
  [{ dynamic: { ingress: { for_each: [1], content: { cidr_blocks: ["0.0.0.0/0"] } } } }, "a dynamic block"],
  [{ dynamic: [{ ingress: [{ for_each: [1], content: [{}] }] }] }, "a dynamic block"],
  [{ rule: [{ dynamic: { filter: {} } }] }, "a dynamic block"],
  [{ ingress: [[{ cidr_blocks: ["0.0.0.0/0"] }]] }, "a block in a list of lists"],
  [{ rule: { filter: [[[{}]], [{}]] } }, "a block in a list of lists"],
])("fails with PVD1034 for a block that no rule would look into: %j", (body, what) => {
  expect(judged({ resource: { aws_sqs_queue: { orders: body } } })).toEqual([
    ["PVD1034", "dev-orders aws_sqs_queue.orders", `${what} of a aws_sqs_queue`, "stacks/services/orders.ts:9"],
  ]);
});

test("lists of lists of texts, and a tag that is called dynamic, are values", () => {
  expect(judged({ resource: { aws_sqs_queue: { orders: { a: [["b"], []], tags: { dynamic: "x" } } } } })).toEqual([]);
});

test("fails with PVD1034 for a command in the record of something removed", () => {
  const record = { from: "aws_sqs_queue.old", lifecycle: { destroy: false } };
  expect(judged({ removed: [record] })).toEqual([]);
  expect(judged({ removed: [{ ...record, provisioner: [{ "local-exec": { command: "id" } }] }] })).toEqual([
    ["PVD1034", "dev-orders", "provisioner of a removed block", undefined],
  ]);
});

test.each<readonly [object, string]>([
  [{ removed: [[{ from: "aws_sqs_queue.old" }, { provisioner: [{ "local-exec": {} }] }]] }, "removed"],
  [{ import: [[{ to: "aws_sqs_queue.orders", id: "x" }]] }, "import"],
  [{ moved: "aws_sqs_queue.old" }, "moved"],
  [{ provider: { aws: [[{ alias: "two" }]] } }, "provider aws"],
])("fails with PVD1034 for blocks in a list of lists, which OpenTofu takes for one: %j", (json, what) => {
  expect(judged(json)).toEqual([["PVD1034", "dev-orders", `${what}, of which a block is no object`, undefined]]);
});

test.each([
  ["of another kind", { external: [{}] }, "the provider external"],
  ["for the second time", { aws: [{}, { alias: "two" }] }, "a second configuration of the provider aws"],
  ["under an alias", { aws: { alias: "two" } }, "a second configuration of the provider aws"],
])("fails with PVD1034 for a provider %s", (_what, provider, got) => {
  expect(judged({ provider })).toEqual([["PVD1034", "dev-orders", got, undefined]]);
});

test("fails with PVD1034 for a provider that is asked for by a type, or by the settings", () => {
  const external = { external: { evil: { program: ["id"] } } };
  expect(judged({ data: external })).toEqual([
    ["PVD1034", "dev-orders data.external.evil", "external, which the provider external makes", undefined],
  ]);
  const wanted = { null: { source: "registry.opentofu.org/hashicorp/null", version: "3.2.0" } };
  const more = { ...terraform.required_providers, ...wanted };
  expect(judged({ terraform: { ...terraform, required_providers: more, cloud: {} } })).toEqual([
    ["PVD1034", "dev-orders terraform", "the setting cloud", undefined],
    ["PVD1034", "dev-orders terraform", "the provider null", undefined],
  ]);
});

const body = { aws_sqs_queue: { orders: {} } };
test.each([
  ["resource", { resource: [body] }],
  ["resource aws_sqs_queue", { resource: { aws_sqs_queue: [body.aws_sqs_queue] } }],
  ["resource aws_sqs_queue.orders", { resource: { aws_sqs_queue: { orders: [{ provisioner: [] }] } } }],
  ["data aws_region", { data: { aws_region: [{ here: {} }] } }],
  ["terraform.required_providers", { terraform: { ...terraform, required_providers: [terraform.required_providers] } }],
])("fails with PVD1034 for %s that is a list, into which no rule looks", (what, json) => {
  expect(judged(json)).toContainEqual(["PVD1034", "dev-orders", `${what}, which is no object`, undefined]);
});
