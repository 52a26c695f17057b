import { copyFileSync, writeFileSync } from "node:fs";
import { tryImport } from "../src/imports/try-import";
import { Interruption } from "../src/tofu/interruption";
import { StackEngine } from "../src/tofu/stack-engine";
import { readStateFile } from "../src/tofu/state-file";
import { readFleet } from "../src/workspace/fleet";
import type { Workspace } from "../src/workspace/workspace";
import { realEngine, remove, runFleet, type StackSpec, statuses, workspaceWith, writeFleet } from "./fleet-on-disk";

const data = (...names: readonly string[]): object => ({
  terraform_data: Object.fromEntries(names.map((name) => [name, {}])),
});
const HAD = "terraform_data.files";
const HAS = "terraform_data.bucket";

/** Both stacks before anything moves. */
const BEFORE: readonly StackSpec[] = [
  { name: "dev-orders", resources: data("own", "files") },
  { name: "dev-files", resources: data("own") },
];
const GIVER: StackSpec = {
  name: "dev-orders",
  resources: data("own"),
  root: { removed: [{ from: HAD, lifecycle: { destroy: false } }] },
  records: { forgotten: [{ address: HAD, reason: "theirs", to: "dev-files" }] },
};
const TAKER: StackSpec = {
  name: "dev-files",
  resources: data("own", "bucket"),
  elements: { [HAS]: { path: "bucket" } },
  records: { imported: [{ address: HAS, reason: "ours", from: { stack: "dev-orders", address: HAD } }] },
};

let workspace: Workspace;
let id: string;
beforeEach(async () => {
  workspace = workspaceWith(BEFORE);
  await runFleet(workspace);
  id = managed("dev-orders").find(({ address }) => address === HAD)!.id;
  writeFleet(workspace, [GIVER, TAKER]);
});
afterEach(() => remove(workspace));

const managed = (stack: string) => readStateFile(workspace.state(stack)).managed;
const ids = (stack: string) => managed(stack).map((each) => each.id);

test("a stack is not destroyed while its state has what it is to forget: OpenTofu would destroy that, too", async () => {
  const [giver] = readFleet(workspace).stacks;
  const destroyed = await runFleet(workspace, { command: "destroy", stacks: [giver!] });
  expect(destroyed.stacks[0]).toMatchObject({
    status: "failed",
    findings: [{ code: "PVD2007", where: "dev-orders", got: expect.stringContaining(HAD) }],
  });
  expect(ids("dev-orders")).toContain(id);
  await runFleet(workspace);
  expect(ids("dev-files")).toContain(id);
  expect(statuses(await runFleet(workspace, { command: "destroy", stacks: [giver!] }))).toEqual({
    "dev-orders": "destroyed",
  });
});

test.each(["dev-orders", "dev-files"])("a state of %s that a killed run cut off is put back first", async (stack) => {
  copyFileSync(workspace.state(stack), `${workspace.state(stack)}.backup`);
  writeFileSync(workspace.state(stack), "{");
  expect(statuses(await runFleet(workspace))).toEqual({ "dev-orders": "applied", "dev-files": "applied" });
  expect(ids("dev-files")).toContain(id);
});

test("a stack says who has yet to take over what it hands over", async () => {
  const [giver] = readFleet(workspace).stacks;
  const planned = await runFleet(workspace, { command: "plan", stacks: [giver!] });
  expect(planned.stacks[0]).toMatchObject({
    status: "waits",
    findings: [{ code: "PVD2007", got: "what it hands over not yet taken over by dev-files" }],
  });
});

describe("what one engine is to import", () => {
  const interruption = new Interruption();
  afterAll(() => interruption.close());

  /** An engine of the stack that takes over. */
  async function engineOf(imports: ConstructorParameters<typeof StackEngine>[2]): Promise<StackEngine> {
    const context = { workspace, mode: "sandbox", engine: await realEngine(), interruption } as const;
    return new StackEngine(context, readFleet(workspace).stacks[1]!, imports);
  }

  test("it imports, though another one looks at the stack meanwhile", async () => {
    const engine = await engineOf([{ address: HAS, id }]);
    await engine.init();
    await (await engineOf([])).state();
    expect((await engine.plan()).changes).toEqual([{ address: HAS, action: "import" }]);
    await engine.close();
  });

  test("what was tried out is imported by the root later, and not twice", async () => {
    const [, stack] = readFleet(workspace).stacks;
    const tried = { workspace, engine: await realEngine(), stack: stack!, wanted: { address: HAS, id }, interruption };
    await tryImport(tried);
    const existing = { ...TAKER, root: { import: [{ to: HAS, id }] }, records: {} };
    writeFleet(workspace, [{ ...GIVER, root: {}, records: {} }, existing]);
    expect(statuses(await runFleet(workspace))).toMatchObject({ "dev-files": "applied" });
    await expect(tryImport({ ...tried, stack: readFleet(workspace).stacks[1]! })).rejects.toThrow(/^PVD2020/);
  });

  test("no other one imports later", async () => {
    const [, stack] = readFleet(workspace).stacks;
    const wanted = { address: HAS, id };
    const tried = { workspace, engine: await realEngine(), stack: stack!, wanted, interruption };
    expect(await tryImport(tried)).toMatchObject({ action: "nothing" });
    const engine = await engineOf([]);
    expect((await engine.plan()).changes).toEqual([{ address: HAS, action: "create" }]);
    await engine.close();
  });
});
