import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type BundleEvidence, type Finding, PavedError } from "@paved/model";
import { approve } from "../src/bundle/approvals";
import type { BundleDirectory } from "../src/bundle/bundle-directory";
import type { ApplyBundleOptions } from "../src/bundle/apply-bundle";
import { BundledFleet, data, KEY } from "./bundled-fleet";
import { groundRefusals } from "../src/bundle/refusals";
import { readFleet } from "../src/workspace/fleet";
import { runFleet, type StackSpec, statuses } from "./fleet-on-disk";

const NETWORK: StackSpec = { name: "dev-network", resources: data("after") };
const ORDERS: StackSpec = { name: "dev-orders", service: "orders", resources: data("orders") };

/** Each plan is encrypted, and each of its readers derives the key anew. */
jest.setTimeout(120_000);

const JUDGED = { policy: { today: "2026-11-28", rules: [], waivers: [] } };

let fleet: BundledFleet;
/** A bundle in which nothing changes: there is no plan to decrypt, which takes a second. */
let quiet: BundleDirectory;
let copies = 0;
/** What no refusal may change. */
let before: string;

beforeAll(async () => {
  fleet = new BundledFleet([{ ...NETWORK, resources: data("before") }, ORDERS]);
  await runFleet(fleet.workspace, { command: "apply" });
  fleet.write([NETWORK, ORDERS]);
  fleet.git("branch", "base");
  await fleet.plan();
  quiet = fleet.bundleAt("quiet");
  const stacks = readFleet(fleet.workspace).stacks.filter(({ name }) => name === "dev-orders");
  await fleet.plan({ stacks, base: "base", directory: quiet });
  before = readFileSync(fleet.workspace.state("dev-network"), "utf8");
});

afterEach(() => fleet.write([NETWORK, ORDERS]));

afterAll(() => fleet.remove());

const copy = (of = quiet): BundleDirectory => fleet.copyOf(of, `copy-${(copies += 1)}`);

/** A copy of a bundle whose evidence says something else. */
function forged(change: (evidence: BundleEvidence) => object, of = quiet): BundleDirectory {
  const directory = copy(of);
  const file = path.join(directory.path, "bundle.json");
  const evidence = JSON.parse(readFileSync(file, "utf8")) as BundleEvidence;
  writeFileSync(file, JSON.stringify({ ...evidence, ...change(evidence) }));
  return directory;
}

async function refusal(options: Partial<ApplyBundleOptions> = {}): Promise<Finding> {
  const findings = await fleet.refusals({ directory: quiet, ...options });
  expect(findings).toHaveLength(1);
  expect(readFileSync(fleet.workspace.state("dev-network"), "utf8")).toBe(before);
  return findings[0]!;
}

const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);

test("fails with PVD5002 where there is no bundle, or one that is damaged", async () => {
  const nothing = fleet.bundleAt("nowhere");
  expect(await refusal({ directory: nothing })).toMatchObject({ code: "PVD5002", where: "nowhere/bundle.json" });
  const damaged = copy();
  writeFileSync(path.join(damaged.path, "bundle.json"), "{");
  expect(await refusal({ directory: damaged })).toMatchObject({ code: "PVD5002", got: "no JSON" });
  const withoutPlans = ({ stacks }: BundleEvidence) => ({
    stacks: stacks.map((each) => ({ ...each, plan: undefined })),
  });
  const partial = forged(withoutPlans, fleet.directory);
  expect(await refusal({ directory: partial })).toMatchObject({
    code: "PVD5002",
    want: "a plan for each stack that is planned, and for no other",
  });
});

test("fails with PVD5002 when a plan is missing, and when there is one too many", async () => {
  const less = copy(fleet.directory);
  rmSync(less.plan("dev-network"));
  expect(await refusal({ directory: less })).toMatchObject({ code: "PVD5002", got: "no such file" });
  const more = copy();
  writeFileSync(more.plan("dev-other"), "");
  expect(await refusal({ directory: more })).toMatchObject({ got: "a file that the evidence does not name" });
});

test("fails with PVD5002 when the directory of a new bundle is not free", async () => {
  await expect(fleet.plan()).rejects.toThrow(/^PVD5002 bundle: got something already there/);
});

test("fails with PVD5002 on the journal of another bundle", async () => {
  const directory = copy();
  writeFileSync(directory.journal, JSON.stringify({ evidence: "other", stacks: {} }));
  expect(await refusal({ directory })).toMatchObject({ code: "PVD5002", got: "the journal of another bundle" });
});

test("fails with PVD5003 on a bundle of another version", async () => {
  const directory = forged(() => ({ version: 2 }));
  expect(await refusal({ directory })).toMatchObject({ code: "PVD5003", got: "version 2" });
});

test("fails with PVD5004 when a plan was exchanged", async () => {
  const directory = copy(fleet.directory);
  appendFileSync(directory.plan("dev-network"), " ");
  expect(await refusal({ directory })).toMatchObject({
    code: "PVD5004",
    where: `copy-${copies}/plans/dev-network.tfplan`,
  });
});

test("fails with PVD5004 when the evidence says less than the plan does", async () => {
  const saysLess = ({ stacks }: BundleEvidence) => ({
    stacks: stacks.map((each) => ({
      ...each,
      plan: each.plan && { ...each.plan, counts: { add: 0, change: 0, destroy: 0 }, actions: {} },
    })),
  });
  const directory = forged(saysLess, fleet.directory);
  expect(await refusal({ directory })).toMatchObject({
    code: "PVD5004",
    where: "dev-network",
    got: 'a plan that does {"add":0,"change":1,"destroy":0}',
  });
});

test("fails with PVD5005 without the key, with a short one, and with another", async () => {
  const withKey = (key?: string): Promise<Finding> =>
    refusal({ directory: fleet.directory, environment: key ? { PAVED_BUNDLE_KEY: key } : {} });
  expect(await withKey()).toMatchObject({ code: "PVD5005", got: "no passphrase in the environment" });
  expect(await withKey("short")).toMatchObject({ code: "PVD5005", got: "a passphrase that is too short" });
  expect(await withKey(`${KEY}!`)).toMatchObject({ code: "PVD5005", got: "a plan that this key does not open" });
});

test("fails with PVD5006 when a stack synthesizes to something else, or is gone", async () => {
  fleet.write([NETWORK, { ...ORDERS, resources: data("something else") }]);
  expect(await refusal()).toMatchObject({
    code: "PVD5006",
    where: "dev-orders",
    got: "another root than was planned",
  });
  fleet.write([NETWORK]);
  expect(await refusal()).toMatchObject({ code: "PVD5006", where: "dev-orders", got: "no such stack any more" });
});

test("fails with PVD5007 when another commit is checked out", async () => {
  const planned = fleet.git("rev-parse", "HEAD");
  fleet.commit("something else");
  const finding = await refusal();
  fleet.git("reset", "-q", "--hard", planned);
  expect(finding).toMatchObject({ code: "PVD5007", want: planned });
});

describe("the base", () => {
  afterEach(() => fleet.git("branch", "-f", "base", "main"));

  test("fails with PVD5008 on planning when it has what the change has not", async () => {
    moveBase("elsewhere.txt");
    const planning = fleet.plan({ base: "base", directory: fleet.bundleAt("behind") });
    await expect(planning).rejects.toThrow(/^PVD5008 base: got 1 commit that HEAD has not/);
  });

  /** Moves the base to a commit of its own. */
  function moveBase(file: string): void {
    fleet.git("checkout", "-q", "base");
    writeFileSync(path.join(fleet.workspace.root, file), "moved");
    fleet.commit("somebody else's");
    fleet.git("checkout", "-q", "main");
  }

  test("fails with PVD5008 when it has moved", async () => {
    moveBase("other.txt");
    expect(await refusal()).toMatchObject({ code: "PVD5008", got: expect.stringMatching(/^base at [0-9a-f]{40}$/) });
  });

  test("fails with PVD5008 when it is gone", async () => {
    fleet.git("branch", "-D", "base");
    expect(await refusal()).toMatchObject({ code: "PVD5008" });
  });

  test("may have become what was planned, whoever merged it", async () => {
    fleet.git("checkout", "-q", "base");
    fleet.git("commit", "-qm", "merged by squashing", "--allow-empty");
    fleet.git("checkout", "-q", "main");
    expect(statuses(await fleet.apply({ directory: quiet }))).toEqual({ "dev-orders": "unchanged" });
  });
});

test("fails with PVD5009 when the engine is another", async () => {
  const directory = forged(() => ({ engine: "1.11.0" }));
  expect(await refusal({ directory })).toMatchObject({ code: "PVD5009", want: "OpenTofu 1.11.0" });
});

test("fails with PVD5010 when the lock of providers is another", async () => {
  const lock = path.join(fleet.workspace.working("sandbox", "dev-orders"), ".terraform.lock.hcl");
  writeFileSync(lock, "# another");
  const finding = await refusal();
  rmSync(lock);
  expect(finding).toMatchObject({ code: "PVD5010", where: "dev-orders", want: "no lock of providers" });
});

test("fails with PVD5011 when a state has moved, also one that nothing was planned for", async () => {
  const file = fleet.workspace.state("dev-orders");
  const text = readFileSync(file, "utf8");
  const state = JSON.parse(text) as { serial: number };
  writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1 }));
  const later = await refusal();
  writeFileSync(file, JSON.stringify({ ...state, lineage: "other" }));
  const other = await refusal();
  rmSync(file);
  const none = await refusal();
  writeFileSync(file, text);
  expect(later).toMatchObject({ code: "PVD5011", where: "dev-orders", got: expect.stringMatching(/^serial 2 of /) });
  expect(other).toMatchObject({ code: "PVD5011", got: "serial 1 of other" });
  expect(none).toMatchObject({ code: "PVD5011", got: "no state" });
});

describe("the guard-rails", () => {
  const { policy } = JUDGED;
  const waiver = {
    judge: "paved",
    rule: "X-1",
    owner: "platform",
    reason: "there is none",
    expires: "2027-01-01",
  } as const;

  test("fails with PVD5012 when rules or waivers are not those that judged", async () => {
    const findings = await fleet.refusals({ directory: quiet, policy: { ...policy, waivers: [waiver] } });
    expect(findings[0]).toMatchObject({ code: "PVD5012", got: expect.stringMatching(/^rules [0-9a-f]{12}$/) });
  });

  test("fails with PVD5012 when the verdict is not clean any more", async () => {
    const terms = {
      reason: "r",
      owner: "shop",
      ticket: "https://t",
      approvedBy: "platform",
      subject: "s",
      source: "f",
      got: [],
    };
    fleet.index(({ stacks }) => ({
      stacks: stacks.map((each) =>
        each.name === "dev-orders" ? { ...each, deviations: [{ ...terms, rule: "x", expires: "2026-11-28" }] } : each,
      ),
    }));
    expect(await refusal({ policy })).toMatchObject({ code: "PVD5012", got: expect.stringContaining("(PVD2012)") });
  });

  test("fails with PVD5012 when the evidence claims another verdict", async () => {
    const directory = forged((evidence) => ({ policy: { ...evidence.policy, checks: 9 } }));
    expect(await refusal({ directory })).toMatchObject({ code: "PVD5012", got: "0 rules, 9 checks, 0 broken" });
  });

  test("fails with the guard-rail's own code when it is broken on planning", async () => {
    const directory = fleet.bundleAt("broken");
    const planning = fleet.plan({ directory, policy: { ...policy, waivers: [waiver] } });
    await expect(planning).rejects.toThrow(/PVD2016 paved X-1/);
  });
});

describe("approvals", () => {
  const asking = (): void =>
    fleet.index(({ environments }) => ({ environments: environments.map((each) => ({ ...each, approvals: 2 })) }));

  test("fails with PVD5013 while there are fewer than the environment asks for, one a person", async () => {
    asking();
    const directory = copy();
    expect(await refusal({ directory })).toMatchObject({ code: "PVD5013", got: "no approval" });
    approve(directory, "Grace Hopper");
    approve(directory, " grace  hopper ");
    expect(await refusal({ directory })).toMatchObject({ got: "approved by grace  hopper alone" });
    approve(directory, "Edsger");
    expect(statuses(await fleet.apply({ directory }))).toEqual({ "dev-orders": "unchanged" });
  });

  test("fails with PVD5013 on the author's own, said or written", async () => {
    asking();
    const directory = copy();
    expect(() => approve(directory, "ADA")).toThrow(/^PVD5013 .*an approval by ADA, who wrote the change/);
    approve(directory, "Grace");
    const evidence = directory.read().hash;
    writeFileSync(path.join(directory.approvals, "ada.json"), JSON.stringify({ evidence, by: "ada@example.com" }));
    expect(await refusal({ directory })).toMatchObject({ code: "PVD5013", got: "approved by Grace alone" });
  });

  test("of another bundle, and what is none, count for nothing", async () => {
    asking();
    const directory = copy();
    approve(directory, "Grace");
    writeFileSync(path.join(directory.approvals, "old.json"), JSON.stringify({ evidence: "other", by: "Edsger" }));
    for (const [place, text] of ["{", "null", "[]", '{"by":1}'].entries()) {
      writeFileSync(path.join(directory.approvals, `${place}.json`), text);
    }
    expect(await refusal({ directory })).toMatchObject({ got: "approved by Grace alone" });
  });

  test.each(["", "  ", "a\nb", "x".repeat(101)])("fails with PVD4003 on %j, which is no name", (name) => {
    expect(() => approve(fleet.directory, name)).toThrow(/^PVD4003 --by/);
  });

  test("fails with PVD5004 when what would be approved is damaged", () => {
    const directory = copy(fleet.directory);
    appendFileSync(directory.plan("dev-network"), " ");
    expect(() => approve(directory, "Grace")).toThrow(/^PVD5004/);
  });
});

test("fails with PVD5014 when a bundle of the sandbox is applied to the cloud", async () => {
  expect(await refusal({ mode: "live" })).toMatchObject({ code: "PVD5014", got: "a plan for the sandbox" });
});

test("fails with PVD5001 when what is planned for the cloud is not committed", async () => {
  const file = path.join(fleet.workspace.root, "new.ts");
  writeFileSync(file, "");
  const planning = fleet.plan({ mode: "live", directory: fleet.bundleAt("live") });
  await expect(planning).rejects.toThrow(/^PVD5001 working tree: got new.ts, not committed/);
  rmSync(file);
});

test("fails with PVD5001 when a bundle for the cloud says that it is of what was not committed", () => {
  const { evidence, ...bundle } = quiet.read();
  const live: BundleEvidence = { ...evidence, mode: "live", commit: { ...evidence.commit, clean: false } };
  const ground = { workspace: fleet.workspace, fleet: readFleet(fleet.workspace), mode: "live", ...JUDGED } as const;
  const findings = groundRefusals({ ...bundle, evidence: live }, { ...ground, engine: evidence.engine });
  expect(findings).toMatchObject([{ code: "PVD5001", got: "a plan of what was not committed" }]);
});

test("says all that stands against it at once", async () => {
  fleet.write([{ ...NETWORK, resources: data("something else") }, ORDERS]);
  const directory = forged(() => ({ engine: "1.11.0" }), fleet.directory);
  appendFileSync(directory.plan("dev-network"), " ");
  const findings = await fleet.refusals({ directory });
  expect(codes(findings)).toEqual(["PVD5004", "PVD5009", "PVD5006"]);
  expect(new PavedError(findings).message.split("\n")).toHaveLength(3);
});
