import { readStateFile } from "../src/tofu/state-file";
import { BundledFleet } from "./bundled-fleet";
import { runFleet, type StackSpec, statuses } from "./fleet-on-disk";

/** Each plan is encrypted, and each of its readers derives the key anew. */
jest.setTimeout(120_000);

const data = (...names: readonly string[]): object => ({
  terraform_data: Object.fromEntries(names.map((name) => [name, {}])),
});
const HAD = "terraform_data.files";
const HAS = "terraform_data.bucket";

const GIVER: StackSpec = {
  name: "dev-orders",
  resources: data("own"),
  root: { removed: [{ from: HAD, lifecycle: { destroy: false } }] },
  records: { forgotten: [{ address: HAD, reason: "theirs", to: "dev-files" }] },
};

let fleet: BundledFleet;
afterEach(() => fleet.remove());

const ids = (stack: string) => readStateFile(fleet.workspace.state(stack)).managed.map(({ id }) => id);

/** A fleet in which something moves, and the id of that. */
async function moving(dependsOn: readonly string[]): Promise<string> {
  fleet = new BundledFleet([
    { name: "dev-orders", resources: data("own", "files") },
    { name: "dev-files", dependsOn, resources: data("own") },
  ]);
  await runFleet(fleet.workspace);
  const { managed } = readStateFile(fleet.workspace.state("dev-orders"));
  const imported = [{ address: HAS, reason: "ours", from: { stack: "dev-orders", address: HAD } }];
  fleet.write([GIVER, { name: "dev-files", dependsOn, resources: data("own", "bucket"), records: { imported } }]);
  return managed.find(({ address }) => address === HAD)!.id;
}

test("both halves of a move are reviewed in one bundle, and the stack that takes is applied first", async () => {
  const id = await moving([]);
  const { bundle, result } = await fleet.plan();
  expect(statuses(result)).toEqual({ "dev-orders": "planned", "dev-files": "planned" });
  expect(bundle!.evidence.stacks.map(({ plan }) => plan?.actions)).toEqual([{ forget: [HAD] }, { import: [HAS] }]);
  const order: string[] = [];
  const listener = { stage: () => {}, progress: () => {}, finished: ({ name }: { name: string }) => order.push(name) };
  expect(statuses(await fleet.apply({ listener }))).toEqual({ "dev-orders": "applied", "dev-files": "applied" });
  expect(order).toEqual(["dev-files", "dev-orders"]);
  expect([ids("dev-files").includes(id), ids("dev-orders").includes(id)]).toEqual([true, false]);
});

test("where the stack that takes stands on the one that gives, the next bundle has that one", async () => {
  const id = await moving(["dev-orders"]);
  const { bundle, result } = await fleet.plan();
  expect(statuses(result)).toEqual({ "dev-orders": "waits", "dev-files": "planned" });
  expect(bundle!.evidence.stacks.map(({ name }) => name)).toEqual(["dev-files"]);
  expect(statuses(await fleet.apply())).toEqual({ "dev-files": "applied" });
  expect([ids("dev-files").includes(id), ids("dev-orders").includes(id)]).toEqual([true, true]);
  const directory = fleet.bundleAt("next");
  expect(statuses((await fleet.plan({ directory })).result)).toEqual({
    "dev-orders": "planned",
    "dev-files": "unchanged",
  });
  expect(statuses(await fleet.apply({ directory }))).toMatchObject({ "dev-orders": "applied" });
  expect([ids("dev-files").includes(id), ids("dev-orders").includes(id)]).toEqual([true, false]);
});
