import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { driftCommand, objectsCommand, resetCommand } from "../src/commands/sandbox";
import { valuesAt } from "../src/explain/values-at";
import { apply, run, sampleWorkspace } from "./sample-workspace";

const workspace = sampleWorkspace();
const stored = () => readFileSync(path.join(workspace.store, "journal.jsonl"), "utf8").trim().split("\n");

beforeEach(() =>
  apply(workspace, [
    {
      stack: "dev-network",
      type: "aws_vpc",
      name: "network_vpc",
      attributes: { id: "vpc-1", cidr_block: "10.0.0.0/16", enable_dns_support: true },
    },
    {
      stack: "dev-cluster",
      type: "aws_eks_node_group",
      name: "nodes",
      attributes: { id: "c:n", scaling_config: [{ desired_size: 2, max_size: 4 }] },
    },
  ]),
);

test("objects are a table, with how many there are", async () => {
  const { code, out } = await run(objectsCommand, workspace);
  expect({ code, out }).toMatchInlineSnapshot(`
   {
     "code": 0,
     "out": "2 objects in 2 stacks
   +-------------+--------------------------+-------+
   | stack       | address                  | id    |
   | dev-network | aws_vpc.network_vpc      | vpc-1 |
   | dev-cluster | aws_eks_node_group.nodes | c:n   |
   +-------------+--------------------------+-------+",
   }
  `);
});

test("objects as JSON, of the environments that are asked for", async () => {
  const dev = await run(objectsCommand, workspace, { options: { env: ["dev"], json: true } });
  expect(dev.err).toBe("");
  expect((JSON.parse(dev.out) as { objects: object[] }).objects[0]).toEqual({
    environment: "dev",
    stack: "dev-network",
    address: "aws_vpc.network_vpc",
    type: "aws_vpc",
    id: "vpc-1",
  });
  const production = await run(objectsCommand, workspace, { options: { env: ["production"], json: true } });
  expect(JSON.parse(production.out)).toEqual({ objects: [] });
});

test("fails with PVD3001 when a state was cut off, with how to go on", async () => {
  writeFileSync(workspace.state("dev-cluster"), "{ cut off");
  const message =
    /^PVD3001 \.paved\/sandbox\/state\/dev-cluster\.tfstate: got .+, want a state; run paved rehearse, which recovers/;
  await expect(run(objectsCommand, workspace)).rejects.toThrow(message);
  await expect(run(driftCommand, workspace, { arguments: ["aws_vpc.network_vpc", "x", "y"] })).rejects.toThrow(message);
});

test("drift says what was, also what an earlier drift had made of it", async () => {
  const drift = (value: string) =>
    run(driftCommand, workspace, { arguments: ["dev-network:aws_vpc.network_vpc", "enable_dns_support", value] });
  expect(await drift("false")).toEqual({
    code: 0,
    out: "dev-network:aws_vpc.network_vpc enable_dns_support was true, is false",
    err: "",
  });
  expect((await drift("true")).out).toBe("dev-network:aws_vpc.network_vpc enable_dns_support was false, is true");
});

test("drift changes the object and leaves the state, which is what the next plan finds", async () => {
  const before = readFileSync(workspace.state("dev-cluster"), "utf8");
  const words = ["aws_eks_node_group.nodes", "scaling_config.desired_size", "3"];
  const { out } = await run(driftCommand, workspace, { arguments: words, options: { json: true } });
  expect(JSON.parse(out)).toEqual({
    stack: "dev-cluster",
    address: "aws_eks_node_group.nodes",
    attribute: "scaling_config.desired_size",
    before: 2,
    value: "3",
  });
  expect(JSON.parse(stored().at(-1)!)).toMatchObject({
    object: { id: "c:n", attributes: { scaling_config: [{ desired_size: 3, max_size: 4 }] } },
  });
  expect(readFileSync(workspace.state("dev-cluster"), "utf8")).toBe(before);
});

test("a drift that is refused lets go of the lock", async () => {
  const words = ["aws_vpc.network_vpc", "cidr_blok", "x"];
  await expect(run(driftCommand, workspace, { arguments: words })).rejects.toThrow(/PVD3004 .*did you mean cidr_block/);
  expect(existsSync(workspace.lock("sandbox"))).toBe(false);
});

test.each([
  [{}, "the sandbox is empty; 2 states removed"],
  [{ json: true }, '{\n  "states": 2,\n  "server": false,\n  "controlPlanes": []\n}'],
])("reset with %j empties the sandbox and says so", async (options, said) => {
  expect(await run(resetCommand, workspace, { options })).toEqual({ code: 0, out: said, err: "" });
  expect(existsSync(workspace.states)).toBe(false);
  const { out } = await run(objectsCommand, workspace);
  expect(out).toMatch(/^0 objects in 0 stacks\n/);
  expect(stored().at(-1)).toBe('{"op":"reset"}');
});

test.each([
  ["a", 1],
  ["b.c", [2, 3]],
  ["d.c", 4],
  ["e", [5, 6]],
  ["b", [{ c: 2 }, { c: 3 }]],
  ["b.x", undefined],
  ["a.b", undefined],
  ["toString", undefined],
])("the value at %s is %j", (attribute, expected) => {
  const attributes = { a: 1, b: [{ c: 2 }, { c: 3 }], d: { c: 4 }, e: [5, 6] };
  expect(valuesAt(attributes, attribute)).toEqual(expected);
});
