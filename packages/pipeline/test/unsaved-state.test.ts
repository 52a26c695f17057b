import { copyFileSync, cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { whatLives } from "../src/lives/what-lives";
import { Interruption } from "../src/tofu/interruption";
import { readFleet } from "../src/workspace/fleet";
import { realEngine, runFleet, type StackSpec, writeFleet } from "./fleet-on-disk";
import { FaultyProxy } from "./faulty-proxy";
import { INSTALLING_MS, keptInS3, s3Workspace, type S3Workspace } from "./s3-states";

jest.setTimeout(INSTALLING_MS);

const stack = (input: string): StackSpec => ({
  name: "dev-network",
  resources: { terraform_data: { made: { input } } },
});

let s3: S3Workspace;
let proxy: FaultyProxy;
beforeEach(async () => {
  s3 = await s3Workspace([stack("in-nobodys-sight")]);
  proxy = await FaultyProxy.before(s3.endpoint);
});
afterEach(async () => {
  await proxy.close();
  s3.remove();
});

const run = () =>
  runFleet(s3.workspace, { command: "rehearse", stateAccess: { ...s3.access, AWS_ENDPOINT_URL: proxy.endpoint } });
const unsaved = () => s3.workspace.unsavedState("sandbox", "dev-network");

/** An apply whose state S3 does not take. */
async function unsavedApply(): Promise<void> {
  proxy.fate = (method, place) => (method === "PUT" && /\.tfstate\?/.test(place) ? 403 : "pass");
  const failed = await run();
  expect(failed.stacks[0]).toMatchObject({ status: "failed" });
  proxy.fate = () => "pass";
}

test("a state that S3 did not take is put back by the next apply, which has nothing left to do", async () => {
  await unsavedApply();
  expect(readFileSync(unsaved(), "utf8")).not.toContain("in-nobodys-sight");
  const next = await run();
  expect(next.stacks[0]).toMatchObject({ status: "unchanged", resources: 1, plan: { add: 0, change: 0, destroy: 0 } });
  expect(existsSync(unsaved())).toBe(false);
});

test("fails with PVD6002 as long as what lives may be in a state that was not saved, also of a stack that is gone", async () => {
  const { workspace } = s3;
  const former = workspace.unsavedState("sandbox", "dev-former");
  const lives = async () => {
    const { stacks } = readFleet(workspace);
    const interruption = new Interruption();
    const shared = { engine: await realEngine(), mode: "sandbox" as const, interruption };
    return whatLives({ ...shared, workspace, environment: "dev", stacks }).finally(() => interruption.close());
  };
  await unsavedApply();
  cpSync(unsaved(), former, { recursive: true });
  await expect(lives()).rejects.toThrow(/^PVD6002 dev-former: [^\n]*\nPVD6002 dev-network: [^\n]*apply or destroy/);
  rmSync(former);
  expect((await run()).stacks[0]).toMatchObject({ status: "unchanged" });
  expect(await lives()).toMatchObject([{ stack: "dev-network", address: "terraform_data.made" }]);
});

test("fails with PVD6002 on a state that was not saved when another apply has saved its own since", async () => {
  await unsavedApply();
  const kept = `${unsaved()}.kept`;
  copyFileSync(unsaved(), kept);
  expect((await run()).stacks[0]).toMatchObject({ status: "unchanged" });
  writeFleet(s3.workspace, [keptInS3(stack("changed"))]);
  expect((await run()).stacks[0]).toMatchObject({ status: "applied", plan: { change: 1 } });
  copyFileSync(kept, unsaved());
  const refused = await run();
  expect(refused.stacks[0]).toMatchObject({ status: "failed", findings: [{ code: "PVD6002", where: "dev-network" }] });
  expect(existsSync(unsaved())).toBe(true);
});
