import { listCommand, listServices } from "../src/commands/list";
import { index } from "./sample-fleet";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
beforeEach(() => write(workspace, "cdktf.out/paved.json", JSON.stringify(index)));

test("a service is listed with its environments, and with whether an image is released there", () => {
  const [orders] = listServices(index, ["dev", "production"]);
  expect(orders).toMatchObject({
    name: "orders",
    owner: "commerce",
    environments: [
      { environment: "dev", stacks: ["dev-orders"], release: "released" },
      { environment: "production", stacks: ["production-orders"], release: "awaited" },
    ],
  });
});

test("for a person it is a table with a column for each environment", async () => {
  const { code, out } = await run(listCommand, workspace);
  expect({ code, out }).toMatchInlineSnapshot(`
   {
     "code": 0,
     "out": "1 service in dev, production
   +---------+----------+------+-------------+----------+--------------+
   | service | owner    | tier | golden path | dev      | production   |
   | orders  | commerce | 1    | node-api@1  | released | no image yet |
   +---------+----------+------+-------------+----------+--------------+",
   }
  `);
});

test("environments that are not asked for are left out, and the others keep their order however often they are named", async () => {
  const one = await run(listCommand, workspace, { options: { env: ["production"], json: true } });
  const { services } = JSON.parse(one.out) as { services: { environments: { environment: string }[] }[] };
  expect(services.map(({ environments }) => environments.map(({ environment }) => environment))).toEqual([
    ["production"],
  ]);
  const all = await run(listCommand, workspace, { options: { env: ["production", "dev", "production"] } });
  expect(all.out).toBe((await run(listCommand, workspace)).out);
});

test("as JSON a service has who to call, and where it comes from", async () => {
  const { out, err } = await run(listCommand, workspace, { options: { json: true } });
  expect(err).toBe("");
  expect(JSON.parse(out)).toMatchObject({
    services: [
      {
        name: "orders",
        owner: "commerce",
        tier: 1,
        onCall: "commerce-primary",
        goldenPath: "node-api@1",
        source: "stacks/services/orders.ts",
      },
    ],
  });
});

test.each([
  ["unneeded", "needs no image"],
  [undefined, "no workload"],
] as const)("a service whose release is %s says %s", async (release, shown) => {
  const stacks = index.stacks.map((stack) => (stack.name === "dev-orders" ? { ...stack, release } : stack));
  write(workspace, "cdktf.out/paved.json", JSON.stringify({ ...index, stacks }));
  const { out } = await run(listCommand, workspace, { options: { env: ["dev"] } });
  expect(out).toContain(`| node-api@1  | ${shown} |`);
});

test("fails with PVD4001 when a service is not in the environment that is asked for, naming where it is", async () => {
  const [dev] = index.stacks.filter(({ name }) => name === "dev-orders");
  const ledger = { ...dev!, name: "dev-ledger", service: "ledger" };
  const without = {
    ...index,
    stacks: [...index.stacks.filter((stack) => stack !== dev), ledger],
    services: [...index.services, { ...index.services[0]!, name: "ledger", stacks: ["dev-ledger"] }],
  };
  write(workspace, "cdktf.out/paved.json", JSON.stringify(without));
  await expect(
    run(listCommand, workspace, { options: { env: ["dev"], service: ["ledger", "orders"] } }),
  ).rejects.toThrow("PVD4001 --service: got orders, want a service in dev; choose from production");
});
