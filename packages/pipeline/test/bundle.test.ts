import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import type { Finding } from "@paved/model";
import { approve } from "../src/bundle/approvals";
import { withOvertaken } from "../src/bundle/overtaken";
import { withAccess } from "../src/sandbox/access";
import { readStateFile } from "../src/tofu/state-file";
import { readFleet } from "../src/workspace/fleet";
import { BundledFleet, data } from "./bundled-fleet";
import { runFleet, type StackSpec, statuses } from "./fleet-on-disk";

const NETWORK: StackSpec = { name: "dev-network", resources: data("a-canary-in-the-plan") };
const CLUSTER: StackSpec = { name: "dev-cluster", dependsOn: ["dev-network"], resources: data("eks") };
const STAGING: StackSpec = { name: "staging-network", resources: data("vpc") };

/** Each plan is encrypted, and each of its readers derives the key anew. */
jest.setTimeout(120_000);

let fleet: BundledFleet;

afterEach(() => fleet.remove());

test("a bundle is planned, approved and applied: what waited is planned on the way, and a second plan is empty", async () => {
  fleet = new BundledFleet([NETWORK, CLUSTER, STAGING]);
  fleet.index(({ environments }) => ({ environments: environments.map((each) => ({ ...each, approvals: 1 })) }));
  const { bundle, result } = await fleet.plan();
  expect(statuses(result)).toEqual({ "dev-network": "planned", "dev-cluster": "waits", "staging-network": "planned" });
  expect(existsSync(fleet.workspace.state("dev-network"))).toBe(false);
  approve(bundle!.directory, "Grace");
  const order: string[] = [];
  const listener = { stage: () => {}, progress: () => {}, finished: ({ name }: { name: string }) => order.push(name) };
  const applied = await fleet.apply({ listener });
  expect(statuses(applied)).toEqual({
    "dev-network": "applied",
    "dev-cluster": "applied",
    "staging-network": "applied",
  });
  expect(order).toEqual(["dev-network", "dev-cluster", "staging-network"]);
  expect(new Set(Object.values(statuses(await runFleet(fleet.workspace, { command: "plan" }))))).toEqual(
    new Set(["unchanged"]),
  );
  expect(new Set(Object.values(statuses(await fleet.apply())))).toEqual(new Set(["unchanged"]));
});

test("who wrote or co-wrote any commit since the base is an author", async () => {
  fleet = new BundledFleet([NETWORK]);
  fleet.git("branch", "base");
  const first = fleet.commit("one\n\nCo-authored-by: Linus <linus@example.com>");
  const second = fleet.commit("two");
  const { commit } = (await fleet.plan({ base: "base" })).bundle!.evidence;
  expect(commit).toMatchObject({ id: second, brought: [first] });
  expect(commit.authors).toEqual(["Ada", "Linus", "ada@example.com", "linus@example.com"]);
});

test("the evidence says what was planned, on what, and what it does, and not who made it or when", async () => {
  fleet = new BundledFleet([NETWORK, CLUSTER]);
  const commit = fleet.git("rev-parse", "HEAD");
  const { bundle } = await fleet.plan({ base: "main", day: "2026-11-28" });
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(bundle!.evidence).toEqual({
    version: 1,
    mode: "sandbox",
    commit: { id: commit, clean: true, brought: [], authors: ["Ada", "ada@example.com"] },
    base: { revision: "main", commit, tree: fleet.git("rev-parse", "HEAD^{tree}") },
    engine: expect.stringMatching(/^1\.\d+\.\d+$/),
    encryption: "passphrase",
    day: "2026-11-28",
    policy: { rules: 0, checks: 0, broken: 0, hash },
    approvals: { dev: 0 },
    stacks: [
      {
        name: "dev-network",
        environment: "dev",
        status: "planned",
        root: hash,
        providers: {},
        waitsFor: [],
        plan: {
          hash,
          counts: { add: 1, change: 0, destroy: 0 },
          actions: { create: ["terraform_data.thing"] },
          losses: [],
        },
      },
      {
        name: "dev-cluster",
        environment: "dev",
        status: "waits",
        root: hash,
        providers: {},
        waitsFor: ["dev-network"],
      },
    ],
  });
  expect(fleet.directory.read()).toEqual(bundle);
});

test("plans are ciphertext that their owner alone can read, and neither value nor address stands in the bundle's plans", async () => {
  fleet = new BundledFleet([NETWORK]);
  await fleet.plan();
  const file = fleet.directory.plan("dev-network");
  const text = readFileSync(file, "latin1");
  expect(Object.keys(JSON.parse(text) as object)).toEqual(["meta", "encrypted_data", "encryption_version"]);
  expect(text).not.toMatch(/canary|terraform_data|thing/);
  expect(statSync(fleet.directory.path).mode & 0o777).toBe(0o700);
});

test("a bundle whose stack cannot be planned is not there, nor is anything else", async () => {
  fleet = new BundledFleet([NETWORK, { name: "staging-network", resources: data("${terraform_data.nothing.id}") }]);
  const { bundle, result } = await fleet.plan();
  expect(bundle).toBeUndefined();
  expect(statuses(result)).toEqual({ "dev-network": "planned", "staging-network": "failed" });
  expect(readdirSync(fleet.workspace.paved).filter((name) => name.startsWith("bundle"))).toEqual([]);
});

test("a stack without a change is in the bundle without a plan, and its state is held as well", async () => {
  fleet = new BundledFleet([NETWORK]);
  await runFleet(fleet.workspace, { command: "apply" });
  const { bundle } = await fleet.plan();
  expect(bundle!.evidence.stacks).toMatchObject([{ status: "unchanged", state: { serial: 1 } }]);
  expect(bundle!.evidence.stacks[0]).not.toHaveProperty("plan");
  expect(statuses(await fleet.apply())).toEqual({ "dev-network": "unchanged" });
});

test("the sandbox plans what is not committed, and says so", async () => {
  fleet = new BundledFleet([NETWORK]);
  fleet.git("rm", "-q", "--cached", "cdktf.json");
  const { bundle } = await fleet.plan();
  expect(bundle!.evidence.commit.clean).toBe(false);
  expect(statuses(await fleet.apply())).toEqual({ "dev-network": "applied" });
});

test("a later environment begins when the one before it is done, and nothing begins after a failure", async () => {
  const fails = { terraform_data: { thing: { provisioner: [{ "local-exec": { command: "exit 1" } }] } } };
  fleet = new BundledFleet([
    { name: "dev-network", resources: fails },
    { name: "dev-orders", service: "orders", resources: data(1) },
    STAGING,
  ]);
  await fleet.plan();
  const result = await fleet.apply({ concurrency: 1 });
  expect(statuses(result)).toEqual({ "dev-network": "failed", "dev-orders": "skipped", "staging-network": "skipped" });
  expect(existsSync(fleet.workspace.state("staging-network"))).toBe(false);
});

test("fails with PVD5015 on planning when what waits was applied before", async () => {
  fleet = new BundledFleet([{ name: "dev-cluster", resources: data("before") }]);
  await runFleet(fleet.workspace, { command: "apply" });
  fleet.write([NETWORK, CLUSTER]);
  await expect(fleet.plan()).rejects.toThrow(/^PVD5015 dev-cluster: got an applied stack that has no plan before dev-/);
});

test("fails with PVD5015 when what waited would do more than create by then", async () => {
  const adopting = { ...CLUSTER, root: { import: [{ to: "terraform_data.thing", id: "somebody-elses" }] } };
  fleet = new BundledFleet([NETWORK, adopting]);
  await fleet.plan();
  const result = await fleet.apply();
  expect(statuses(result)).toEqual({ "dev-network": "applied", "dev-cluster": "failed" });
  expect(result.stacks[1]!.findings).toMatchObject([
    { code: "PVD5015", got: expect.stringMatching(/^terraform_data\.thing \(/) },
  ]);
  expect(readStateFile(fleet.workspace.state("dev-cluster")).managed).toEqual([]);
});

describe("what holds data", () => {
  const NAME = "aws_cloudwatch_log_group.logs";
  const logs = (name: string, records: object = {}): StackSpec => ({
    name: "dev-network",
    resources:
      name === "" ? data("nothing else") : { aws_cloudwatch_log_group: { logs: { name, retention_in_days: 30 } } },
    root: {
      provider: { aws: [{ region: "eu-west-1" }] },
      terraform: {
        backend: { s3: { bucket: "state", key: "k", region: "eu-west-1" } },
        required_providers: { aws: { source: "registry.opentofu.org/hashicorp/aws", version: "6.25.0" } },
      },
    },
    records,
  });
  const until = "2026-11-29";
  const reason = "they were shipped elsewhere";
  const replaceable = { replaceable: [{ address: NAME, until, reason }] };

  async function plannedWith(now: StackSpec): Promise<{ bundled: boolean; findings: readonly Finding[] }> {
    const { bundle, result } = await withAccess(
      { workspace: fleet.workspace, mode: "sandbox", stacks: [] },
      async ({ providers }) => {
        await runFleet(fleet.workspace, { command: "apply", providers });
        fleet.write([now]);
        return fleet.plan({ providers });
      },
    );
    return { bundled: bundle !== undefined, findings: result.stacks.flatMap(({ findings }) => findings) };
  }

  test.each([
    ["made anew without a record", "/paved/other", "replace"],
    ["simply deleted", "", "destroy"],
  ])("fails with PVD5016 when it is %s, and there is no bundle", async (_case, name, action) => {
    fleet = new BundledFleet([logs("/paved/dev")]);
    expect(await plannedWith(logs(name))).toMatchObject({
      bundled: false,
      findings: [{ code: "PVD5016", where: `dev-network ${NAME}`, got: `a ${action} that loses logs` }],
    });
  });

  test("fails with PVD5016 on the apply when the consent is over by then, and with PVD5017 for the consent", async () => {
    fleet = new BundledFleet([logs("/paved/dev")]);
    expect((await plannedWith(logs("/paved/other", replaceable))).bundled).toBe(true);
    const findings = await withAccess({ workspace: fleet.workspace, mode: "sandbox", stacks: [] }, ({ providers }) =>
      fleet.refusals({ providers, policy: { today: until, rules: [], waivers: [] } }),
    );
    expect(findings.map(({ code }) => code)).toEqual(["PVD5017", "PVD5016"]);
  });

  test("is made anew while a record allows it, and the evidence says what is lost", async () => {
    fleet = new BundledFleet([logs("/paved/dev")]);
    await plannedWith(logs("/paved/other", replaceable));
    expect(fleet.directory.read().evidence.stacks[0]!.plan!.losses).toEqual([
      { address: NAME, action: "replace", loses: "logs" },
    ]);
    const result = await withAccess({ workspace: fleet.workspace, mode: "sandbox", stacks: [] }, ({ providers }) =>
      fleet.apply({ providers }),
    );
    expect(statuses(result)).toEqual({ "dev-network": "applied" });
  });

  test("is destroyed while a retirement says until when", async () => {
    fleet = new BundledFleet([logs("/paved/dev")]);
    expect(await plannedWith(logs("", { retired: [{ path: "logs", until, reason }] }))).toEqual({
      bundled: true,
      findings: [],
    });
  });
});

test("a stack that was planned on facts that the bundle changes is applied as it was reviewed, with a note", async () => {
  const contract = (value: string): StackSpec => ({
    name: "dev-network",
    resources: { terraform_data: { "contract-network-v1": { input: value } } },
  });
  fleet = new BundledFleet([contract("a"), CLUSTER]);
  await runFleet(fleet.workspace, { command: "apply" });
  fleet.write([contract("b"), { ...CLUSTER, resources: data("eks 2") }]);
  await fleet.plan();
  const { evidence } = fleet.directory.read();
  const published = evidence.stacks.map((each) => ({
    ...each,
    plan: each.plan && { ...each.plan, actions: { update: ["aws_ssm_parameter.contract-network-v1"] } },
  }));
  const { stacks } = withOvertaken(await fleet.apply(), { ...evidence, stacks: published }, readFleet(fleet.workspace));
  expect(stacks.map(({ status, notes }) => [status, notes])).toEqual([
    ["applied", []],
    ["applied", ["planned before dev-network publishes other facts: when this bundle is applied, plan it again"]],
  ]);
});
