import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { formatFinding, type StackEntry } from "@paved/model";
import { addressOf, toFindings } from "../src/tofu/diagnostics";
import { engineEnvironment } from "../src/tofu/environment";
import { documentIn, parseMessage, parseValidation } from "../src/tofu/messages";
import { sandboxOverride } from "../src/tofu/override";
import { recoverState } from "../src/tofu/recovery";
import { readRootFacts } from "../src/tofu/root";
import { parseState, readStateFile } from "../src/tofu/state-file";
import { synthEnvironment } from "../src/synth/run-node";

const USER = {
  PATH: "/bin",
  HOME: "/home/ada",
  AWS_PROFILE: "production",
  AWS_ACCESS_KEY_ID: "key",
  TF_VAR_size: "large",
  TF_CLI_ARGS: "-lock=false",
  TF_WORKSPACE: "other",
  KUBECONFIG: "/home/ada/.kube/config",
  TF_REATTACH_PROVIDERS: "{}",
  TF_CLI_ARGS_plan: "-lock=false",
  TF_ENCRYPTION: 'method "unencrypted" "plain" {}',
};

const SETTINGS = { dataDirectory: "/w/.terraform", home: "/w/home", cliConfiguration: "/w/home/tofu.rc" };

describe("the engine's environment", () => {
  test("in the sandbox nothing of TF_*, AWS_* or the user's configuration is inherited", () => {
    expect(engineEnvironment({ ...SETTINGS, mode: "sandbox", reattach: '{"aws":1}' }, USER)).toEqual({
      PATH: "/bin",
      HOME: "/w/home",
      TF_CLI_CONFIG_FILE: "/w/home/tofu.rc",
      GOGC: "400",
      TF_REATTACH_PROVIDERS: '{"aws":1}',
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      TF_DATA_DIR: "/w/.terraform",
    });
  });

  test("live, the user's environment is kept, except what would swap providers, keys or states, or hand over arguments", () => {
    const live = engineEnvironment({ ...SETTINGS, mode: "live", reattach: "ours" }, USER);
    expect(live).toMatchObject({ HOME: "/home/ada", AWS_PROFILE: "production", TF_DATA_DIR: "/w/.terraform" });
    expect(Object.keys(live).filter((name) => name.startsWith("TF_"))).toEqual([
      "TF_VAR_size",
      "TF_IN_AUTOMATION",
      "TF_INPUT",
      "TF_DATA_DIR",
    ]);
  });

  test("synth sees the path and the home directory, and nothing that changes its output", () => {
    expect(
      Object.keys(synthEnvironment({ ...USER, CDKTF_OUTDIR: "x", CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "1" })),
    ).toEqual(["PATH", "HOME", "CHECKPOINT_DISABLE"]);
  });
});

describe("OpenTofu's output", () => {
  test("a planned change names the address and the action", () => {
    const line = '{"type":"planned_change","change":{"resource":{"addr":"aws_vpc.a"},"action":"create"}}';
    expect(parseMessage(line)).toEqual({ type: "planned", change: { address: "aws_vpc.a", action: "create" } });
  });

  test("a summary counts what is removed as destroyed", () => {
    const line = '{"type":"change_summary","changes":{"add":2,"change":1,"import":0,"remove":3,"operation":"plan"}}';
    expect(parseMessage(line)).toEqual({
      type: "summary",
      operation: "plan",
      counts: { add: 2, change: 1, destroy: 3 },
    });
  });

  test("a document begins after what is said of a CLI configuration that is not there", () => {
    const warning = '\nWarning: Unable to open CLI configuration file\n\nThe file at "/x/{a}" does not exist.\n';
    expect(documentIn(`${warning}{"version":4}`)).toBe('{"version":4}');
    expect(documentIn(`${warning}{\n  "valid": true\n}`)).toBe('{\n  "valid": true\n}');
    expect([documentIn(warning), documentIn(""), documentIn("{}")]).toEqual(["", "", "{}"]);
  });

  test.each(["", "not json", '{"type":"log"}', '{"type":"planned_change"}'])("other lines say nothing: %j", (line) => {
    expect(parseMessage(line)).toBeUndefined();
  });

  test("a validation that is not JSON has no diagnostics", () => {
    expect(parseValidation("panic: oh")).toEqual([]);
  });

  test.each([
    [{ address: "aws_vpc.a" }, "aws_vpc.a"],
    [{ address: 'aws_subnet.a["x"]' }, "aws_subnet.a"],
    [{ snippet: { context: "resource.aws_vpc.a" } }, "aws_vpc.a"],
    [{ snippet: { context: 'resource "aws_vpc" "a"' } }, "aws_vpc.a"],
    [{ snippet: { context: "resource.terraform_data.one.provisioner[0].local-exec" } }, "terraform_data.one"],
    [
      { snippet: { context: "data.aws_ssm_parameter.network_control-plane" } },
      "data.aws_ssm_parameter.network_control-plane",
    ],
    [{ snippet: { context: null } }, undefined],
    [{}, undefined],
  ])("the address of %j is %j", (place, expected) => {
    expect(addressOf({ severity: "error", summary: "s", ...place })).toBe(expected);
  });

  test("every error becomes a finding, warnings do not, and one without origin says how to find it", () => {
    const stack = { name: "dev-network", elements: {} } as unknown as StackEntry;
    const findings = toFindings(stack, "plan", [
      { severity: "error", summary: "Bad", detail: "It is\n  bad.", address: "aws_vpc.a" },
      { severity: "warning", summary: "Deprecated" },
      { severity: "error", summary: "Worse" },
    ]);
    expect(findings.map(({ where, got, fix }) => ({ where, got, fix }))).toEqual([
      {
        where: "dev-network aws_vpc.a",
        got: "Bad: It is bad",
        fix: "see where it comes from: paved explain dev-network:aws_vpc.a",
      },
      { where: "dev-network", got: "Worse", fix: "correct the cause, then run the command again" },
    ]);
  });

  test("what a provider of the sandbox says is the finding that it is, once for all resources, before all others", () => {
    const stack = { name: "dev-network", elements: {} } as unknown as StackEntry;
    const stopped = { code: "PVD9004", where: "dev", got: "none", want: "one that runs", fix: "start it" } as const;
    const silent = { severity: "error", summary: formatFinding(stopped) } as const;
    const findings = toFindings(stack, "apply", [{ severity: "error", summary: "Bad" }, silent, silent]);
    expect(findings).toEqual([stopped, expect.objectContaining({ code: "PVD2003", got: "Bad" })]);
  });
});

describe("a stack's files", () => {
  test("the override swaps the backend and nothing else", () => {
    expect(JSON.parse(sandboxOverride("/s/a.tfstate"))).toEqual({
      terraform: { backend: { local: { path: "/s/a.tfstate" } } },
    });
  });

  test("the root names its types, and what init depends on without its resources", () => {
    const terraform = { required_providers: { aws: { source: "s", version: "1" } }, backend: { s3: {} } };
    const before = readRootFacts("s", JSON.stringify({ terraform, resource: { aws_vpc: {}, aws_kms_key: {} } }));
    const after = readRootFacts("s", JSON.stringify({ terraform, data: { aws_ssm_parameter: {} } }));
    expect(before).toMatchObject({ resourceTypes: ["aws_kms_key", "aws_vpc"], dataSourceTypes: [] });
    expect(after.dataSourceTypes).toEqual(["aws_ssm_parameter"]);
    expect(after.initInputs).toBe(before.initInputs);
  });

  test("fails with PVD2009 when the root is not JSON", () => {
    expect(() => readRootFacts("dev-network", "{")).toThrow(/^PVD2009 dev-network: got a broken cdk.tf.json/);
  });

  test("a state names every managed object, with instance keys, and the types of its data sources", () => {
    const state = {
      resources: [
        {
          mode: "managed",
          type: "aws_subnet",
          name: "a",
          instances: [
            { index_key: "x", attributes: { id: "1" } },
            { index_key: 0, attributes: { id: "2" } },
          ],
        },
        { mode: "managed", type: "aws_vpc", name: "v", instances: [{ attributes: { id: "3" } }] },
        { mode: "data", type: "aws_ssm_parameter", name: "p", instances: [{ attributes: {} }] },
      ],
    };
    const { managed, dataSourceTypes } = parseState(JSON.stringify(state));
    expect(managed.map(({ address, id }) => [address, id])).toEqual([
      ['aws_subnet.a["x"]', "1"],
      ["aws_subnet.a[0]", "2"],
      ["aws_vpc.v", "3"],
    ]);
    expect(dataSourceTypes).toEqual(["aws_ssm_parameter"]);
  });

  test("a state names objects of a type without ids by ARN, else by name", () => {
    const object = (name: string, attributes: object) => ({
      mode: "managed",
      type: "aws_cloudwatch_log_delivery_source",
      name,
      instances: [{ attributes }],
    });
    const resources = [object("a", { arn: "arn:aws:logs:1", name: "one" }), object("b", { arn: null, name: "two" })];
    expect(parseState(JSON.stringify({ resources })).managed.map(({ id }) => id)).toEqual(["arn:aws:logs:1", "two"]);
  });
});

describe("after a kill", () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "paved-state-"));
    file = path.join(directory, "dev.tfstate");
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test("a state that was cut off while it was written is replaced by its backup and kept aside", () => {
    writeFileSync(file, '{"resources": [');
    writeFileSync(`${file}.backup`, '{"resources": []}');
    recoverState(file);
    expect(readStateFile(file).managed).toEqual([]);
    expect(readFileSync(`${file}.broken`, "utf8")).toBe('{"resources": [');
  });

  test.each(["", '{"resources": []}'])("a readable state stays as it is: %j", (text) => {
    writeFileSync(file, text);
    recoverState(file);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test("no state at all is an empty state", () => {
    recoverState(file);
    expect(readStateFile(file)).toEqual({ managed: [], dataSourceTypes: [] });
  });
});
