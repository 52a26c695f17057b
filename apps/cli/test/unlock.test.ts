import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { placeOf } from "../src/commands/place";
import { unlockCommand } from "../src/commands/unlock";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const repository = path.join(__dirname, "../../..");
const note = ".paved/sandbox/state/.dev-network.tfstate.lock.info";
const isNoted = () => existsSync(path.join(workspace.root, note));

beforeAll(() => {
  mkdirSync(workspace.paved, { recursive: true });
  symlinkSync(path.join(repository, ".paved", "bin"), workspace.binaries);
  symlinkSync(path.join(repository, "engine"), workspace.engineModule);
});

beforeEach(() =>
  write(
    workspace,
    note,
    JSON.stringify({
      ID: "5b0a7a4a-1111-2222-3333-444455556666",
      Operation: "OperationTypeApply",
      Who: "ada@laptop",
      Created: "2026-11-28T09:00:00.123Z",
      Info: "",
    }),
  ),
);

test("with --yes it says whose the lock is and releases it, and then there is none", async () => {
  const options = { env: ["dev"], yes: true };
  expect((await run(unlockCommand, workspace, { options })).out).toBe(
    [
      "1 lock held; 3 states looked at",
      "dev-network: held by ada@laptop, since 2026-11-28T09:00:00Z, for apply; id 5b0a7a4a-1111-2222-3333-444455556666",
      "released dev-network; the next apply goes on from the state that was saved",
    ].join("\n"),
  );
  expect(isNoted()).toBe(false);
  expect(await run(unlockCommand, workspace, { options })).toMatchObject({
    code: 0,
    out: "no lock is held; 3 states looked at",
  });
});

test("fails with PVD4003 where nobody can be asked, after it said whose the lock is, and leaves it", async () => {
  await expect(run(unlockCommand, workspace, { options: { env: ["dev"] } })).rejects.toThrow(/^PVD4003 confirmation/);
  expect(isNoted()).toBe(true);
});

test("with --json and without --yes it lists locks and leaves them", async () => {
  const { out } = await run(unlockCommand, workspace, { options: { env: ["dev"], json: true } });
  expect(JSON.parse(out)).toMatchObject({
    locks: [{ stack: "dev-network", who: "ada@laptop", operation: "OperationTypeApply", engines: [] }],
    released: [],
    ok: true,
  });
  expect(isNoted()).toBe(true);
});

test("fails with PVD4003 for --state with --live, whose states are where the stacks say", () => {
  expect(() => placeOf({ workspace, options: { live: true, state: "s3" } })).toThrow(/^PVD4003 --state: got s3/);
  expect(placeOf({ workspace, options: { live: true } })).toEqual({ mode: "live", workspace });
});

test("each store of states has a sandbox of its own", () => {
  const places = (["file", "s3"] as const).map((state) => placeOf({ workspace, options: { state } }).workspace);
  expect(places.map(({ sandbox }) => path.basename(sandbox))).toEqual(["sandbox", "sandbox-s3"]);
});
