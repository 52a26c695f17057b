import type { FleetIndex } from "@paved/model";
import { adoptionCommand } from "../src/commands/adoption";
import { checkCommand } from "../src/commands/check";
import { deviationsCommand } from "../src/commands/deviations";
import { index } from "./sample-fleet";
import { run, sampleWorkspace, write } from "./sample-workspace";

const deviation = {
  rule: "startup-time",
  reason: "The model takes two minutes to load.",
  owner: "commerce",
  ticket: "https://tickets.example.com/1",
  expires: "2027-03-31",
  approvedBy: "platform",
  subject: "Deployment/orders",
  source: "stacks/services/orders.ts",
};
const deviating: FleetIndex = {
  ...index,
  stacks: index.stacks.map((stack) => (stack.name === "dev-orders" ? { ...stack, deviations: [deviation] } : stack)),
};

const workspace = sampleWorkspace();
beforeEach(() => write(workspace, "cdktf.out/paved.json", JSON.stringify(deviating)));

test("deviations are listed with their terms and the days they have left", async () => {
  expect(await run(deviationsCommand, workspace, { options: { today: "2027-01-01" } })).toMatchInlineSnapshot(`
   {
     "code": 0,
     "err": "",
     "out": "1 deviation
   +---------+-------------+--------------+-------------------+----------+-------------+----------------------+-------------------------------+
   | service | environment | rule         | what              | owner    | approved by | expires              | ticket                        |
   | orders  | dev         | startup-time | Deployment/orders | commerce | platform    | 2027-03-31 (89 days) | https://tickets.example.com/1 |
   +---------+-------------+--------------+-------------------+----------+-------------+----------------------+-------------------------------+",
   }
  `);
});

test("without any it says so, and draws no table", async () => {
  write(workspace, "cdktf.out/paved.json", JSON.stringify(index));
  expect((await run(deviationsCommand, workspace)).out).toBe("0 deviations");
});

test("one that ends soon is warned of, by the list and by the check", async () => {
  const options = { today: "2027-03-10" };
  const warning =
    "note: stacks/services/orders.ts Deployment/orders: the deviation from startup-time expires in 21 days, on 2027-03-31 (https://tickets.example.com/1)";
  expect((await run(deviationsCommand, workspace, { options })).out).toContain(warning);
  await run(checkCommand, workspace, { options: { ...options, write: true } });
  const checked = await run(checkCommand, workspace, { options });
  expect(checked.code).toBe(0);
  expect(checked.out).toContain(warning);
});

test("fails with PVD2012 for one that is over, in the list and in the check", async () => {
  const options = { today: "2027-04-01" };
  await run(checkCommand, workspace, { options: { ...options, write: true } });
  for (const command of [deviationsCommand, checkCommand]) {
    const { code, err } = await run(command, workspace, { options });
    expect(code).toBe(1);
    expect(err).toMatch(/^PVD2012 stacks\/services\/orders\.ts Deployment\/orders: got a deviation from startup-time/);
  }
});

test("fails with PVD2018 in the check for one that holds for more than a year", async () => {
  const options = { today: "2026-01-01" };
  await run(checkCommand, workspace, { options: { ...options, write: true } });
  const { code, err } = await run(checkCommand, workspace, { options });
  expect(code).toBe(1);
  expect(err).toMatch(/^PVD2018 stacks\/services\/orders\.ts Deployment\/orders: got a deviation from startup-time/);
});

test("as JSON a deviation has all its terms", async () => {
  const { out } = await run(deviationsCommand, workspace, { options: { json: true, today: "2027-01-01" } });
  expect(JSON.parse(out)).toEqual({
    deviations: [{ ...deviation, service: "orders", environment: "dev", daysLeft: 89 }],
    errors: [],
  });
});

test.each(["soon", "2027-02-30", "2027-1-1", ""])("fails with PVD4003 for the day %j", async (today) => {
  await expect(run(deviationsCommand, workspace, { options: { today } })).rejects.toThrow(/PVD4003 --today/);
});

test("adoption says the share on one line, then by team, environment and golden path", async () => {
  expect((await run(adoptionCommand, workspace)).out).toMatchInlineSnapshot(`
   "100.0 %: 2 resources of 2 are made by golden paths; 1 deviation
   +----------+----------+-----------+---------+---------+------------+
   | team     | services | resources | on path | share   | deviations |
   | commerce | 1        | 2         | 2       | 100.0 % | 1          |
   +----------+----------+-----------+---------+---------+------------+
   +-------------+----------+-----------+---------+---------+------------+
   | environment | services | resources | on path | share   | deviations |
   | dev         | 1        | 1         | 1       | 100.0 % | 1          |
   | production  | 1        | 1         | 1       | 100.0 % | 0          |
   +-------------+----------+-----------+---------+---------+------------+
   +-------------+----------+-----------+---------+---------+------------+
   | golden path | services | resources | on path | share   | deviations |
   | node-api@1  | 1        | 2         | 2       | 100.0 % | 1          |
   +-------------+----------+-----------+---------+---------+------------+"
  `);
});

test("adoption of one environment counts that one alone", async () => {
  const { out } = await run(adoptionCommand, workspace, { options: { json: true, env: ["dev"] } });
  expect(JSON.parse(out)).toMatchObject({ environments: [{ name: "dev" }], total: { deviations: 1 } });
});

test("adoption as OpenMetrics ends as the format asks", async () => {
  const { out } = await run(adoptionCommand, workspace, { options: { format: "openmetrics" } });
  expect(out).toMatch(/^# HELP paved_resources /);
  expect(out).toMatch(/\n# EOF$/);
});
