import { ERROR_CODES } from "@paved/model";
import { ensureEngine, readFleet, synth, synthFleet } from "@paved/pipeline";
import { explainCommand } from "../src/commands/explain";
import { graphCommand } from "../src/commands/graph";
import { setupCommand } from "../src/commands/setup";
import { synthCommand } from "../src/commands/synth";
import type { stackGraph } from "../src/graph/stack-graph";
import { index } from "./sample-fleet";
import { run, sampleWorkspace } from "./sample-workspace";

jest.mock("@paved/pipeline", () => ({
  ...jest.requireActual<object>("@paved/pipeline"),
  ensureEngine: jest.fn(),
  synth: jest.fn(),
  synthFleet: jest.fn(),
}));

const workspace = sampleWorkspace();
beforeEach(() => {
  jest.resetAllMocks();
  const [network, ...others] = index.stacks;
  jest.mocked(synth).mockResolvedValue({ ...index, stacks: [{ ...network!, notes: ["is new"] }, ...others] });
  jest.mocked(synthFleet).mockImplementation(async (of) => readFleet(of));
  jest.mocked(ensureEngine).mockImplementation(async (_, { progress }) => {
    progress?.("building OpenTofu 1.12.6");
    return { binary: "bin/tofu", version: "1.12.6", from: "built" };
  });
});

describe("synth", () => {
  test("says how much there is, where it is, and what is to be known of it", async () => {
    const { code, out, err } = await run(synthCommand, workspace);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.replace(/\d+\.\d s$/m, "<seconds>")).toMatchInlineSnapshot(`
     "6 stacks of 1 service in dev, production; written to cdktf.out; <seconds>
     note: dev-network: is new"
    `);
  });

  test("as JSON has the names", async () => {
    const { out } = await run(synthCommand, workspace, { options: { json: true } });
    expect(JSON.parse(out)).toEqual({
      environments: ["dev", "production"],
      services: ["orders"],
      stacks: index.stacks.map(({ name }) => name),
      notes: [{ stack: "dev-network", note: "is new" }],
      seconds: expect.any(Number),
    });
  });
});

describe("setup", () => {
  test.each([
    [{}, (out: string) => out, "OpenTofu 1.12.6 is ready"],
    [
      { json: true },
      (out: string) => JSON.parse(out) as object,
      { binary: "bin/tofu", version: "1.12.6", from: "built" },
    ],
  ])("with %j says what is ready, and only on standard error what that took", async (options, read, expected) => {
    const { code, out, err } = await run(setupCommand, workspace, { options });
    expect({ code, out: read(out), err }).toEqual({ code: 0, out: expected, err: "building OpenTofu 1.12.6" });
  });
});

describe("explain", () => {
  test("an error code is explained in any case of letters, without a synth", async () => {
    const explain = (json: boolean) =>
      run(explainCommand, workspace, { arguments: ["pvd1003"], options: { json, synth: true } });
    expect((await explain(false)).out).toMatchInlineSnapshot(`
     "PVD1003 image is not pinned by digest
     Synth found it, before anything was planned: nothing was written and nothing was changed.
     The message says where, what was got, what was wanted, and after the semicolon what to do."
    `);
    expect(JSON.parse((await explain(true)).out)).toMatchObject({ code: "PVD1003", title: ERROR_CODES.PVD1003 });
    expect(synth).not.toHaveBeenCalled();
  });

  test("what left Git and is not gone is explained as what it is: the branch is not as it was", async () => {
    const { out } = await run(explainCommand, workspace, { arguments: ["PVD2108"] });
    expect(out).toMatch(
      /^PVD2108 what left Git is still delivered\n.*stays out of it, and nothing was destroyed\. docs\/delivery/,
    );
  });

  test("a code of deliveries is explained as one of theirs", async () => {
    const { out } = await run(explainCommand, workspace, { arguments: ["PVD2102"], options: { synth: true } });
    expect(out).toMatch(
      /^PVD2102 delivery is overtaken\n.*before it delivered: the branch is as it was\. docs\/delivery/,
    );
  });

  test("a subject is explained once for each stack that is chosen", async () => {
    const subject = "aws_db_instance.api_database_instance";
    const options = { env: ["production"], json: true };
    const { out } = await run(explainCommand, workspace, { arguments: [subject], options });
    expect(JSON.parse(out)).toMatchObject({
      subject,
      explanations: [{ stack: "production-orders", source: "stacks/services/orders.ts:9", service: { tier: 1 } }],
    });
    const both = await run(explainCommand, workspace, { arguments: [subject] });
    expect(both.out.match(/^\S.*$/gm)).toEqual([`dev-orders:${subject}`, `production-orders:${subject}`]);
  });

  test.each(["constructor", "toString", "__proto__"])("fails with PVD4002 on %s, which is no address", async (word) => {
    await expect(run(explainCommand, workspace, { arguments: [word] })).rejects.toThrow(/^PVD4002 /);
  });
});

describe("graph", () => {
  test.each([
    ["mermaid", /^flowchart LR\n[^]*\S$/],
    ["dot", /^digraph stacks \{\n[^]*\}$/],
    ["svg", /^<\?xml [^]*<\/svg>$/],
    ["json", /^\{\n  "environments": \[[^]*\}$/],
  ])("as %s is on standard output, without an empty line at its end", async (format, form) => {
    const { code, out, err } = await run(graphCommand, workspace, { options: { format } });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(form);
  });

  test("of one service has what it depends on, and no other environment", async () => {
    const options = { format: "json", service: ["orders"], env: ["dev"] };
    const { out } = await run(graphCommand, workspace, { options });
    const { environments, edges } = JSON.parse(out) as ReturnType<typeof stackGraph>;
    expect(environments.map(({ name, stacks }) => [name, stacks.map(({ label }) => label)])).toEqual([
      ["dev", ["network", "cluster", "orders"]],
    ]);
    expect(edges.map(({ from, to }) => `${from} -> ${to}`)).toContain("dev-cluster -> dev-orders");
  });

  test("fails with PVD4003 when its file cannot be written", async () => {
    const options = { format: "dot", output: `${workspace.root}/none/stacks.dot` };
    await expect(run(graphCommand, workspace, { options })).rejects.toThrow(
      /^PVD4003 --output: got .*none\/stacks\.dot: no directory .*, want a file that can be written; name another file/,
    );
  });
});

test.each([
  [undefined, 1],
  [false, 0],
])("with --no-synth %j the sources are synthesized %i times", async (synthOption, times) => {
  await run(graphCommand, workspace, { options: { format: "dot", synth: synthOption } });
  expect(synthFleet).toHaveBeenCalledTimes(times);
});
