import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Finding } from "@paved/model";
import { BundleDirectory } from "../src/bundle/bundle-directory";
import type { RunResult } from "../src/run/result";
import { Interruption } from "../src/tofu/interruption";
import { StackEngine } from "../src/tofu/stack-engine";
import { readFleet } from "../src/workspace/fleet";
import { Workspace } from "../src/workspace/workspace";
import { BundledFleet, data } from "./bundled-fleet";
import { FaultyProxy } from "./faulty-proxy";
import { realEngine, runFleet, type StackSpec, statuses, writeFleet } from "./fleet-on-disk";
import { INSTALLING_MS, keptInS3, objectOf, s3Workspace, type S3Workspace } from "./s3-states";

jest.setTimeout(INSTALLING_MS);

const SECRET = "in-nobodys-sight";
const ENCRYPTED = JSON.stringify({
  serial: 1,
  lineage: "l",
  meta: {},
  encrypted_data: "c2Vj",
  encryption_version: "v0",
});

describe("a state that an apply of a bundle could not save", () => {
  let s3: S3Workspace;
  let proxy: FaultyProxy;
  let fleet: BundledFleet;
  /** Workspaces of machines that are gone. */
  let homes: string[];

  beforeAll(async () => {
    s3 = await s3Workspace([stack("first")]);
    proxy = await FaultyProxy.before(s3.endpoint);
  });
  beforeEach(async () => {
    homes = [];
    writeFleet(s3.workspace, [keptInS3(stack("first"))]);
    await s3.delete(objectOf("dev-network"));
  });
  afterEach(() => {
    proxy.fate = () => "pass";
    for (const home of homes) rmSync(home, { recursive: true, force: true });
    const { workspace } = s3;
    const repository = path.join(workspace.root, ".git");
    for (const own of [repository, fleet.directory.path, workspace.working("sandbox", "dev-network"), madeFile()])
      rmSync(own, { recursive: true, force: true });
  });
  afterAll(async () => {
    await proxy.close();
    s3.remove();
  });

  /** A stack whose resources each leave a line when they are made. */
  function stack(...names: readonly string[]): StackSpec {
    const made = (name: string): object => ({
      input: `${SECRET} ${name}`,
      provisioner: [{ "local-exec": { command: `echo ${name} >> '${madeFile()}'` } }],
    });
    return {
      name: "dev-network",
      resources: { terraform_data: Object.fromEntries(names.map((name) => [name, made(name)])) },
    };
  }
  const madeFile = (): string => path.join(tmpdir(), `paved-made-${process.pid}`);
  const made = (): readonly string[] => readFileSync(madeFile(), "utf8").trim().split("\n");

  const access = () => ({ ...s3.access, AWS_ENDPOINT_URL: proxy.endpoint });
  const isOfState = (method: string, place: string): boolean => method === "PUT" && /\.tfstate\?/.test(place);

  /** Plans those resources into a bundle, and applies it while S3 takes no state. */
  async function unsavedApply(...names: readonly string[]): Promise<void> {
    writeFleet(s3.workspace, [keptInS3(stack(...names))]);
    fleet = new BundledFleet([], s3.workspace, { stateAccess: access() });
    await fleet.plan();
    proxy.fate = (method, place) => (isOfState(method, place) ? 403 : "pass");
    expect(statuses(await fleet.apply())).toEqual({ "dev-network": "failed" });
    proxy.fate = () => "pass";
  }

  /** A checkout of the same commit on a machine that has never seen it, with the bundle and nothing else. */
  function elsewhere(bundle: BundleDirectory): { workspace: Workspace; directory: BundleDirectory } {
    const home = mkdtempSync(path.join(tmpdir(), "paved-elsewhere-"));
    homes.push(home);
    execFileSync("git", ["clone", "-q", s3.workspace.root, home]);
    cpSync(s3.workspace.output, path.join(home, "cdktf.out"), { recursive: true });
    const directory = new BundleDirectory(path.join(home, "bundle"), "bundle");
    cpSync(bundle.path, directory.path, { recursive: true });
    return { workspace: new Workspace(home).keepingStateIn("s3"), directory };
  }

  const applyIn = (place: ReturnType<typeof elsewhere>, more: object = {}): Promise<RunResult> =>
    fleet.apply({ ...place, fleet: readFleet(place.workspace), ...more });

  async function expectConvergence({ workspace, directory }: ReturnType<typeof elsewhere>): Promise<void> {
    const plan = await runFleet(workspace, { command: "plan", stateAccess: access() });
    expect(plan.stacks[0]).toMatchObject({ status: "unchanged", plan: { add: 0, change: 0, destroy: 0 } });
    expect(existsSync(directory.unsaved("dev-network"))).toBe(false);
  }

  /** On another machine that bundle is applied to its end, and nothing is made twice. */
  async function expectDoneElsewhere(bundle: BundleDirectory): Promise<void> {
    const fresh = elsewhere(bundle);
    expect((await applyIn(fresh)).stacks[0]).toMatchObject({ status: "applied", resources: 1 });
    expect(made()).toEqual(["first"]);
    await expectConvergence(fresh);
  }

  test("is kept in the bundle as ciphertext, for its owner alone", async () => {
    await unsavedApply("first");
    const kept = fleet.directory.unsaved("dev-network");
    const text = readFileSync(kept, "utf8");
    const names = Object.keys(JSON.parse(text) as object).toSorted();
    expect(names).toEqual(["encrypted_data", "encryption_version", "lineage", "meta", "serial"]);
    expect(text).not.toContain(SECRET);
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(kept))).toEqual(["dev-network.tfstate"]);
  });

  test("is put back where the bundle is applied again, on another machine too, and nothing is made twice", async () => {
    await unsavedApply("first", "second");
    const fresh = elsewhere(fleet.directory);
    const again = await applyIn(fresh);
    expect(again.stacks[0]).toMatchObject({ status: "applied", resources: 2, plan: { add: 0, change: 0, destroy: 0 } });
    expect(made().toSorted()).toEqual(["first", "second"]);
    await expectConvergence(fresh);
    expect(statuses(await applyIn(fresh))).toEqual({ "dev-network": "unchanged" });
  });

  test("is put back where it was left as well, of a stack that had a state before", async () => {
    await runFleet(s3.workspace, { command: "apply", stateAccess: access() });
    await unsavedApply("first", "second");
    const again = await fleet.apply();
    expect(again.stacks[0]).toMatchObject({ status: "applied", resources: 2 });
    expect(made()).toEqual(["first", "second"]);
    await expectConvergence({ workspace: s3.workspace, directory: fleet.directory });
  });

  test("is put back on another machine, of a stack that had a state before", async () => {
    await runFleet(s3.workspace, { command: "apply", stateAccess: access() });
    await unsavedApply("first", "second");
    const fresh = elsewhere(fleet.directory);
    expect((await applyIn(fresh)).stacks[0]).toMatchObject({ status: "applied", resources: 2 });
    expect(made()).toEqual(["first", "second"]);
    await expectConvergence(fresh);
  });

  test("stays in the bundle while it cannot be put back, which fails with PVD6002 and goes on elsewhere", async () => {
    await unsavedApply("first");
    const second = elsewhere(fleet.directory);
    const before = readFileSync(second.directory.unsaved("dev-network"));
    proxy.fate = (method, place) => (isOfState(method, place) ? 403 : "pass");
    await expect(applyIn(second)).rejects.toThrow(/^PVD6002 dev-network/);
    proxy.fate = () => "pass";
    expect(readFileSync(second.directory.unsaved("dev-network"))).toEqual(before);
    await expectDoneElsewhere(second.directory);
  });

  test("is not lost when the second apply is told to stop while it puts it back", async () => {
    await unsavedApply("first");
    const second = elsewhere(fleet.directory);
    proxy.fate = (method, place) => {
      if (isOfState(method, place)) process.emit("SIGINT");
      return "pass";
    };
    await expect(applyIn(second)).rejects.toThrow(/PVD2006/);
    proxy.fate = () => "pass";
    expect(existsSync(second.directory.unsaved("dev-network"))).toBe(true);
    await expectDoneElsewhere(second.directory);
  });

  test("is taken for put back when the second apply was killed before it could remove it", async () => {
    await unsavedApply("first");
    const fresh = elsewhere(fleet.directory);
    const kept = fresh.directory.unsaved("dev-network");
    const content = readFileSync(kept);
    const restored: boolean[] = [];
    const stage = (_stack: object, name: string): void => {
      if (name !== "recover") return;
      restored.push(!existsSync(kept));
      writeFileSync(kept, content);
    };
    const again = await applyIn(fresh, { listener: { stage, progress: () => {}, finished: () => {} } });
    expect(restored).toEqual([true]);
    expect(again.stacks[0]).toMatchObject({ status: "applied", resources: 1 });
    await expectConvergence(fresh);
  });

  test("fails with PVD6002 when another apply has saved its own since, and stays in the bundle", async () => {
    await unsavedApply("first");
    await runFleet(elsewhere(fleet.directory).workspace, { command: "apply", stateAccess: access() });
    const fresh = elsewhere(fleet.directory);
    await expect(applyIn(fresh)).rejects.toThrow(/^PVD6002 dev-network/);
    expect(existsSync(fresh.directory.unsaved("dev-network"))).toBe(true);
  });
});

describe("in a bundle,", () => {
  let fleet: BundledFleet;
  let copies = 0;
  let hash: string;

  beforeAll(async () => {
    fleet = new BundledFleet([{ name: "dev-network", resources: data("vpc") }]);
    hash = (await fleet.plan()).bundle!.hash;
  });
  afterAll(() => fleet.remove());

  /** A copy of the bundle with a file among the states that could not be saved. */
  function bundleWith(file: string, content: string, status?: string): BundleDirectory {
    const directory = fleet.copyOf(fleet.directory, `copy-${(copies += 1)}`);
    const place = path.join(directory.path, "unsaved", file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
    const stacks = { "dev-network": { status } };
    if (status !== undefined) writeFileSync(directory.journal, JSON.stringify({ evidence: hash, stacks }));
    return directory;
  }
  const STRANGE = "a file that no apply of it left";
  const PLAIN = "no state that is encrypted";

  test.each([
    ["a state of a stack whose apply was not begun", "dev-network.tfstate", ENCRYPTED, undefined, STRANGE],
    ["a state of a stack that was applied to its end", "dev-network.tfstate", ENCRYPTED, "applied", STRANGE],
    ["a state of another stack", "dev-cluster.tfstate", ENCRYPTED, "begun", STRANGE],
    ["some other file", "notes.txt", "remember", "begun", STRANGE],
    ["what another stack's apply was writing", ".dev-cluster.tfstate.7.tmp", "{", "begun", STRANGE],
    ["a folder in place of a state", "dev-network.tfstate/state", ENCRYPTED, "begun", PLAIN],
    ["a state in plain text", "dev-network.tfstate", '{"version":4,"resources":[]}', "begun", PLAIN],
    ["a state in plain text beside the ciphertext", "dev-network.tfstate", withResources(), "begun", PLAIN],
    ["a state that is cut off", "dev-network.tfstate", ENCRYPTED.slice(0, 30), "begun", PLAIN],
  ])("fails with PVD5002 on %s", async (_case, file, content, status, got) => {
    const findings = await fleet.refusals({ directory: bundleWith(file, content, status) });
    expect(findings).toMatchObject([{ code: "PVD5002", where: expect.stringContaining("unsaved/"), got }]);
    expect(existsSync(fleet.workspace.state("dev-network"))).toBe(false);
  });

  test("what was being written when an apply was killed is no reason to refuse it", async () => {
    const directory = bundleWith(".dev-network.tfstate.4711.tmp", ENCRYPTED.slice(0, 30));
    const { evidence } = directory.read();
    expect(directory.unsavedFindings(evidence, [])).toEqual<Finding[]>([]);
  });

  test("a state in plain text, as those in local files are, is not kept", async () => {
    const interruption = new Interruption();
    const kept = path.join(fleet.workspace.paved, "kept.tfstate");
    const [stack] = readFleet(fleet.workspace).stacks;
    const shared = { workspace: fleet.workspace, mode: "sandbox", engine: await realEngine(), interruption } as const;
    const engine = new StackEngine({ ...shared, unsavedState: () => kept }, stack!);
    const left = path.join(fleet.workspace.working("sandbox", "dev-network"), "errored.tfstate");
    try {
      expect(engine.keepUnsaved()).toBe(false);
      writeFileSync(left, '{"version":4,"resources":[]}');
      expect({ isLeft: engine.keepUnsaved(), isKept: existsSync(kept) }).toEqual({ isLeft: true, isKept: false });
    } finally {
      rmSync(left);
      interruption.close();
      await engine.close();
    }
  });
});

function withResources(): string {
  return JSON.stringify({ ...(JSON.parse(ENCRYPTED) as object), resources: [] });
}
