import type { RunResult } from "../src/run/result";
import { tryImport } from "../src/imports/try-import";
import { Interruption } from "../src/tofu/interruption";
import { type EngineContext, StackEngine } from "../src/tofu/stack-engine";
import { heldLocks, releaseLocks } from "../src/unlock/unlock";
import { readFleet } from "../src/workspace/fleet";
import { realEngine, remove, runFleet, statuses, workspaceWith } from "./fleet-on-disk";
import { atTheGate, closeGate, gated, openGate } from "./gate";
import { INSTALLING_MS, keptInS3, objectOf, s3Workspace, type S3Workspace } from "./s3-states";

jest.setTimeout(INSTALLING_MS);

let s3: S3Workspace;
beforeAll(
  async () => void (s3 = await s3Workspace([gated("dev-gated"), { name: "dev-cluster", resources: vault("first") }])),
);
beforeEach(() => openGate(s3.workspace));
afterAll(() => s3.remove());

const SECRET = "in-nobodys-sight";
const STATE = objectOf("dev-gated");

function vault(input: string): object {
  return { terraform_data: { vault: { input: `${SECRET} ${input}` } } };
}

async function context(): Promise<EngineContext> {
  const { workspace, access: stateAccess } = s3;
  return { workspace, mode: "sandbox", engine: await realEngine(), interruption: new Interruption(), stateAccess };
}

const stacks = () => readFleet(s3.workspace).stacks;
const run = (command: "apply" | "rehearse" | "destroy" = "rehearse") =>
  runFleet(s3.workspace, { command, stateAccess: s3.access });

const findingsOf = ({ stacks: ran }: RunResult) => ran.flatMap(({ findings }) => findings);

/** An apply that was killed at the gate with everything it had, so that its lock stays. */
async function killedAtTheGate(): Promise<void> {
  expect(findingsOf(await run("destroy"))).toEqual([]);
  closeGate(s3.workspace);
  const running = run("apply");
  process.kill(await atTheGate(s3.workspace, "dev-gated"), "SIGKILL");
  await running;
  openGate(s3.workspace);
}

test("a state in S3 is ciphertext, and every version of it is kept", async () => {
  expect(statuses(await run())).toEqual({ "dev-gated": "applied", "dev-cluster": "applied" });
  const state = await s3.object(objectOf("dev-cluster"));
  expect(Object.keys(JSON.parse(state) as object)).toEqual([
    "serial",
    "lineage",
    "meta",
    "encrypted_data",
    "encryption_version",
  ]);
  for (const told of ["terraform_data", "vault", SECRET, "resources"]) expect(state).not.toContain(told);
  const before = (await s3.versions(STATE)).length;
  expect(statuses(await run("destroy"))).toMatchObject({ "dev-gated": "destroyed" });
  expect((await s3.versions(STATE)).length).toBeGreaterThan(before);
});

test("an import is tried out on a state in S3", async () => {
  await run("destroy");
  const { workspace } = s3;
  const interruption = new Interruption();
  const stack = stacks().find(({ name }) => name === "dev-cluster")!;
  const named = { ...stack, elements: { "terraform_data.vault": { path: "vault" } } };
  const wanted = { address: "terraform_data.vault", id: "stands" };
  const tried = { workspace, engine: await realEngine(), stack: named, wanted, interruption };
  expect(await tryImport(tried)).toMatchObject({ ...wanted, stack: "dev-cluster", action: "update" });
  interruption.close();
});

test("a plan is ciphertext too, and the engine that wrote it reads it", async () => {
  const engine = new StackEngine(
    await context(),
    stacks().find(({ name }) => name === "dev-cluster")!,
  );
  try {
    await engine.init();
    await engine.plan();
    expect(await engine.document()).toContain(SECRET);
  } finally {
    await engine.close();
  }
});

test("fails with PVD6001 on the second of two applies, and says whose the lock is", async () => {
  await run("destroy");
  closeGate(s3.workspace);
  const first = run("apply");
  await atTheGate(s3.workspace, "dev-gated");
  const engine = new StackEngine(
    await context(),
    stacks().find(({ name }) => name === "dev-gated")!,
  );
  try {
    await engine.init();
    await expect(engine.plan()).rejects.toThrow(
      /PVD6001 dev-gated: got the lock held by \S+@\S+, since .* for apply, .*paved unlock --env dev --state s3/,
    );
  } finally {
    await engine.close();
    openGate(s3.workspace);
  }
  expect(findingsOf(await first)).toEqual([]);
});

test("fails with PVD6004 on the lock of an apply that still works, also from another checkout, and leaves it", async () => {
  await run("destroy");
  closeGate(s3.workspace);
  const first = run("apply");
  const pid = await atTheGate(s3.workspace, "dev-gated");
  const [lock, ...others] = await heldLocks(await context(), stacks());
  expect(others).toEqual([]);
  expect(lock).toMatchObject({ stack: "dev-gated", operation: "OperationTypeApply", engines: [pid] });
  const checkout = workspaceWith([keptInS3(gated("dev-gated"))]).keepingStateIn("s3");
  await expect(releaseLocks({ ...(await context()), workspace: checkout }, stacks(), [lock!])).rejects.toThrow(
    new RegExp(`PVD6004 dev-gated: .*process ${pid} still works`),
  );
  remove(checkout);
  openGate(s3.workspace);
  expect(findingsOf(await first)).toEqual([]);
});

test("a killed apply leaves its lock: the next is refused, and after unlock it converges", async () => {
  await killedAtTheGate();
  const refused = await run("apply");
  expect(refused.stacks[0]).toMatchObject({ status: "failed", findings: [{ code: "PVD6001" }] });
  const held = await heldLocks(await context(), stacks());
  expect(held).toMatchObject([{ stack: "dev-gated", operation: "OperationTypeApply", engines: [] }]);
  expect(held[0]!.who).toMatch(/^\S+@\S+$/);
  await releaseLocks(await context(), stacks(), held);
  expect(await heldLocks(await context(), stacks())).toEqual([]);
  const next = await run();
  expect(next.stacks[0]).toMatchObject({ status: "applied", secondPlan: { add: 0, change: 0, destroy: 0 } });
});

test("a lock that changed hands since it was looked at is left", async () => {
  await killedAtTheGate();
  const [lock] = await heldLocks(await context(), stacks());
  const former = { ...lock!, id: "11111111-1111-1111-1111-111111111111" };
  await expect(releaseLocks(await context(), stacks(), [former])).rejects.toThrow(/PVD6004/);
  await releaseLocks(await context(), stacks(), [lock!]);
});
