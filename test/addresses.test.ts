import * as fs from "node:fs";
import { Sandbox } from "@paved/sandbox";
import { ENVIRONMENT_NAMES } from "@paved/model";
import { DAY } from "./day";
import { ThrowawayWorkspace } from "./throwaway-workspace";

const workspace = new ThrowawayWorkspace();
afterAll(() => workspace.remove());

const NOTHING = { add: 0, change: 0, destroy: 0 };
const lock = (name: string) => workspace.file("environments", "dev", "addresses", name);

/** Replaces text of a source file of the workspace. */
function edit(file: string, from: string | RegExp, to: string): void {
  const full = workspace.file(file);
  const text = fs.readFileSync(full, "utf8");
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${file} has no ${String(from)}`);
  fs.writeFileSync(full, edited);
}

/** Applies one service of dev in the sandbox, with what it depends on, and says what changed in its stack. */
function apply(service: string) {
  const { code, out, err } = workspace.paved("rehearse", "--env", "dev", "--service", service);
  expect({ code, problems: (out + err).match(/^PVD.*/gm) ?? [] }).toEqual({ code: 0, problems: [] });
  return workspace.report().stacks.find(({ name }) => name === `dev-${service}`)!;
}

/** What `paved check` refuses, by code and stack or file. */
function refused(...words: string[]): readonly string[] {
  const { out } = workspace.paved("check", "--json", "--today", DAY, ...words);
  const { errors } = JSON.parse(out) as { errors: { code: string; where: string; fix: string }[] };
  return errors.map(({ code, where, fix }) => `${code} ${where}: ${fix}`);
}

/** Types of what the state of settlement has. */
function managed(): readonly string[] {
  const file = workspace.file(".paved", "sandbox", "state", "dev-settlement.tfstate");
  const state = JSON.parse(fs.readFileSync(file, "utf8")) as { resources: { mode: string; type: string }[] };
  return state.resources.filter(({ mode }) => mode === "managed").map(({ type }) => type);
}

/** What stands in the sandbox, of one stack. */
function stored(stack: string): readonly string[] {
  const directory = workspace.file(".paved", "sandbox", "store");
  const sandbox = Sandbox.open({ directory, cacheDirectory: workspace.file(".paved", "schemas") });
  return sandbox.objects(stack).map(({ type, id }) => `${type} ${id}`);
}

const service = "stacks/services/settlement.ts";

beforeAll(() => {
  workspace.own("environments");
  apply("settlement");
}, 120_000);

test("the committed lock is that of the fleet", () => {
  expect(refused()).toEqual([]);
});

test("a rename without a record is refused, with the record that fits", () => {
  edit(service, '"job"', '"nightly"');
  const proposed = 'write renamedFrom(<construct at nightly>, "job")';
  expect(refused().filter((line) => line.startsWith("PVD2010"))).toEqual(
    ENVIRONMENT_NAMES.map((name) => `PVD2010 ${name}-settlement: was it renamed? ${proposed}`),
  );
  expect(refused("--write").length).toBeGreaterThan(0);
  expect(fs.readFileSync(lock("settlement.txt"), "utf8")).toContain("job_bucket_store_bucket");
}, 60_000);

test("with the record it is written, and the engine moves everything and destroys nothing", () => {
  edit(service, "job.readFrom(ledger);", 'job.readFrom(ledger);\n  renamedFrom(job, "job");');
  edit(service, "defineService, PythonWorker", "defineService, PythonWorker, renamedFrom");
  expect(refused("--write")).toEqual([]);
  expect(fs.readFileSync(lock("settlement.txt"), "utf8")).toContain("nightly_bucket_store_bucket");
  expect(apply("settlement")).toMatchObject({ plan: NOTHING, secondPlan: NOTHING });
}, 120_000);

test("a construct that is put into another moves with the record, and destroys nothing", () => {
  const network = "stacks/src/platform/network-stack.ts";
  edit(network, 'new DnsZone(this, "dns");', 'renamedFrom(new DnsZone(new Construct(this, "names"), "zone"), "dns");');
  edit(network, "DnsZone, Network, PavedStack", "DnsZone, Network, PavedStack, renamedFrom");
  edit(network, "import type { Construct }", "import { Construct }");
  expect(refused("--write")).toEqual([]);
  apply("settlement");
  const moved = workspace.report().stacks.find(({ name }) => name === "dev-network");
  expect(moved).toMatchObject({ plan: NOTHING, secondPlan: NOTHING });
}, 120_000);

test("a rename inside another one moves from what neither record names alone, and destroys nothing", () => {
  edit(
    "stacks/src/platform/network-stack.ts",
    'renamedFrom(new DnsZone(new Construct(this, "names"), "zone"), "dns");',
    `const domains = new Construct(this, "domains");
     renamedFrom(new DnsZone(domains, "root"), "domains/zone");
     renamedFrom(domains, "names");`,
  );
  expect(refused("--write")).toEqual([]);
  apply("settlement");
  const moved = workspace.report().stacks.find(({ name }) => name === "dev-network");
  expect(moved).toMatchObject({ plan: NOTHING, secondPlan: NOTHING });
}, 120_000);

test("a construct that another file makes keeps its addresses", () => {
  fs.writeFileSync(
    workspace.file("stacks", "src", "settlement-job.ts"),
    `import { PythonWorker, type ServiceStack } from "@paved/golden-paths";
     export const settlementJob = (service: ServiceStack) =>
       new PythonWorker(service, "nightly", { image: "payments/settlement", schedule: "0 3 * * *", bucket: true });`,
  );
  edit(service, /new PythonWorker\([\s\S]*?\}\);/, "settlementJob(service);");
  edit(service, "PythonWorker, ", "");
  edit(service, "import ledger", 'import { settlementJob } from "../src/settlement-job";\nimport ledger');
  expect(refused()).toEqual([]);
  expect(apply("settlement")).toMatchObject({ plan: NOTHING, secondPlan: NOTHING });
}, 120_000);

test("what is forgotten leaves the state and stays, what is retired goes with it", () => {
  edit("stacks/src/settlement-job.ts", ", bucket: true", "");
  expect(refused()[0]).toMatch(
    /^PVD2010 dev-settlement: was it meant to go\? write retire\(service, \{ path: "nightly/,
  );
  const bucket = "paved-dev-settlement-111111111111";
  const address = "aws_s3_bucket.nightly_bucket_store_bucket";
  edit(
    service,
    "renamedFrom(job",
    `forget(service, { addresses: ["${address}"], reason: "kept for the auditors" });
     retire(service, { path: "nightly/bucket", reason: "written elsewhere now", until: "2027-01-31" });
     renamedFrom(job`,
  );
  edit(service, "renamedFrom }", "forget, renamedFrom, retire }");
  expect(refused("--write")).toEqual([]);
  const { plan, secondPlan } = apply("settlement");
  expect({ add: plan.add, secondPlan }).toEqual({ add: 0, secondPlan: NOTHING });
  expect(plan.destroy).toBeGreaterThan(5);
  const state = workspace.file(".paved", "sandbox", "state", "dev-settlement.tfstate");
  expect(fs.readFileSync(state, "utf8")).not.toContain(bucket);
  apply("settlement");
  const journal = fs.readFileSync(workspace.file(".paved", "sandbox", "store", "journal.jsonl"), "utf8").split("\n");
  const last = journal.findLast((line) => line.includes('"aws_s3_bucket"') && line.includes(bucket)) ?? "{}";
  expect(JSON.parse(last)).toMatchObject({ op: "put" });
}, 120_000);

test("a service that is retired destroys all it had, in the cloud and in the cluster", () => {
  const text = fs.readFileSync(workspace.file(service), "utf8");
  const start = text.indexOf("export default");
  const about = text.slice(text.indexOf("const runbook"), start);
  fs.writeFileSync(
    workspace.file(service),
    `import { defineService, retire } from "@paved/golden-paths";
     ${about}
     export default defineService(about, (service) => retire(service, { reason: "the bank adds up itself" }));`,
  );
  expect(refused("--write")[0]).toMatch(/^PVD5016 dev-settlement aws_\S+: write retire\(service, .*until/);
  edit(service, 'adds up itself"', 'adds up itself", until: "2027-01-31"');
  expect(refused("--write")).toEqual(
    ENVIRONMENT_NAMES.map((name) =>
      expect.stringMatching(`^PVD2023 environments/${name}/releases.json settlement: take the line out`),
    ),
  );
  for (const name of ENVIRONMENT_NAMES) edit(`environments/${name}/releases.json`, /,\s*"settlement": "[^"]+"/, "");
  expect(refused()).toEqual([]);
  const had = managed();
  expect(had.filter((type) => type.startsWith("kubernetes_")).length).toBeGreaterThan(5);
  expect(apply("settlement")).toMatchObject({ plan: { add: 0, change: 0, destroy: had.length }, secondPlan: NOTHING });
  expect(managed()).toEqual([]);
  expect(stored("dev-settlement")).toEqual([]);
}, 120_000);
