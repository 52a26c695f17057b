import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkGuardRails } from "../src/guard-rails/guard-rails";
import { readStateFile } from "../src/tofu/state-file";
import { readFleet } from "../src/workspace/fleet";
import type { Workspace } from "../src/workspace/workspace";
import { remove, workspaceWith } from "./fleet-on-disk";

let workspace: Workspace;
beforeEach(() => {
  workspace = workspaceWith([{ name: "dev-orders", service: "orders" }]);
});
afterEach(() => remove(workspace));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(workspace.output, file)), { recursive: true });
  writeFileSync(path.join(workspace.output, file), text);
}

const root = "stacks/dev-orders/cdk.tf.json";

test("fails with PVD2009 when the index is not there", () => {
  rmSync(workspace.index);
  expect(() => readFleet(workspace)).toThrow(
    "PVD2009 cdktf.out/paved.json: got no such file, want the index that synth writes; run paved synth",
  );
});

test("fails with PVD2009 when the index cannot be read", () => {
  rmSync(workspace.index);
  mkdirSync(workspace.index);
  expect(() => readFleet(workspace)).toThrow(/^PVD2009 cdktf\.out\/paved\.json: got EISDIR on reading/);
});

test.each([
  ["", /got (an empty file|Unexpected end of JSON input)/],
  ["{", /got .*JSON/],
  ["[]", /got something else/],
  ['{"version":1,"stacks":[]}', /got nothing, want a list/],
])("fails with PVD2009 when the index is %j", (text, said) => {
  write("paved.json", text);
  expect(() => readFleet(workspace)).toThrow(said);
  expect(() => readFleet(workspace)).toThrow(/^PVD2009 cdktf\.out\/paved\.json/);
});

test.each(["", "{", "[]", "null"])("fails with PVD2009 when a root is %j", (text) => {
  write(root, text);
  expect(() => readFleet(workspace)).toThrow(
    /^PVD2009 cdktf\.out\/stacks\/dev-orders\/cdk\.tf\.json: got .*, want the root of dev-orders, which the index names/,
  );
});

test("fails with PVD2009 for every manifest that is empty or damaged, all at once", () => {
  const texts = { "a.yaml": "", "b.yaml": "a: [", "c.yaml": "just words", "d.yaml": "metadata:\n  name: x\n" };
  for (const [name, text] of Object.entries(texts)) write(`gitops/dev/orders/${name}`, text);
  const judged = () => checkGuardRails(readFleet(workspace), { today: "2027-01-01", waivers: [] });
  const lines = Object.keys(texts).map((name) => `PVD2009 cdktf\\.out/gitops/dev/orders/${name}: got .*`);
  expect(judged).toThrow(new RegExp(`^${lines.join("\n")}$`));
});

test("fails with PVD3001 when a state of the sandbox is damaged", () => {
  const file = workspace.state("dev-orders");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "{");
  expect(() => readStateFile(file)).toThrow(
    /^PVD3001 dev-orders\.tfstate: got .*, want the state that OpenTofu writes/,
  );
});
