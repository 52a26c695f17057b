import { execFileSync } from "node:child_process";
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
  got: ["spec.progressDeadlineSeconds is 900", "spec.minReadySeconds is 30"],
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
   +---------+-------------+--------------+-------------------+-------------------------------------------------+----------+-------------+----------------------+-------------------------------+
   | service | environment | rule         | what              | got                                             | owner    | approved by | expires              | ticket                        |
   | orders  | dev         | startup-time | Deployment/orders | spec.progressDeadlineSeconds is 900, and 1 more | commerce | platform    | 2027-03-31 (89 days) | https://tickets.example.com/1 |
   +---------+-------------+--------------+-------------------+-------------------------------------------------+----------+-------------+----------------------+-------------------------------+",
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
    deviations: [{ ...deviation, service: "orders", environment: "dev", team: "commerce", daysLeft: 89 }],
    errors: [],
  });
});

test.each(["soon", "2027-02-30", "2027-1-1", ""])("fails with PVD4003 for the day %j", async (today) => {
  await expect(run(deviationsCommand, workspace, { options: { today } })).rejects.toThrow(/PVD4003 --today/);
});

test("adoption says the share on one line, then by team, service, environment and golden path", async () => {
  expect((await run(adoptionCommand, workspace)).out).toMatchInlineSnapshot(`
   "100.0 %: 2 resources of 2 are made by golden paths; 1 deviation
   +----------+----------+-----------+---------+---------+------------+
   | team     | services | resources | on path | share   | deviations |
   | commerce | 1        | 2         | 2       | 100.0 % | 1          |
   +----------+----------+-----------+---------+---------+------------+
   +---------+----------+-----------+---------+---------+------------+
   | service | services | resources | on path | share   | deviations |
   | orders  | 1        | 2         | 2       | 100.0 % | 1          |
   +---------+----------+-----------+---------+---------+------------+
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
  expect(JSON.parse(out)).toMatchObject({ by: { environment: [{ name: "dev" }] }, total: { deviations: 1 } });
});

test("adoption as OpenMetrics ends as the format asks", async () => {
  const { out } = await run(adoptionCommand, workspace, { options: { format: "openmetrics" } });
  expect(out).toMatch(/^# HELP paved_resources /);
  expect(out).toMatch(/\n# EOF$/);
});

test("deviations as OpenMetrics have the second that each ends in", async () => {
  const { code, out } = await run(deviationsCommand, workspace, {
    options: { format: "openmetrics", today: "2027-01-01" },
  });
  expect(code).toBe(0);
  expect(out).toContain(
    'paved_deviation_expires_timestamp_seconds{service="orders",environment="dev",rule="startup-time",owner="commerce",team="commerce"} 1806451200',
  );
  expect(out).toMatch(/\n# EOF$/);
});

test.each(["team", "service", "environment", "golden-path"])(
  "by %s, deviations and adoption are one table of counts",
  async (by) => {
    const options = { by, today: "2027-01-01" };
    const counted = (await run(deviationsCommand, workspace, { options })).out;
    expect(counted).toMatch(/^1 deviation\n/);
    expect(counted).toContain("startup-time 2027-03-31");
    const { out } = await run(adoptionCommand, workspace, { options: { by } });
    expect(out.match(/\| services \|/g)).toHaveLength(1);
  },
);

test("a team and a golden path choose services, and names that are not there are refused together", async () => {
  const chosen = { team: ["commerce"], goldenPath: ["node-api"], today: "2027-01-01" };
  expect((await run(deviationsCommand, workspace, { options: chosen })).out).toMatch(/^1 deviation\n/);
  await expect(
    run(adoptionCommand, workspace, { options: { team: ["comerce"], goldenPath: ["node-api@2"] } }),
  ).rejects.toThrow(/PVD4003 --team: .*did you mean commerce\?\nPVD4003 --golden-path: /);
});

test.each([
  ["--json", { json: true, format: "openmetrics" }],
  ["--json", { json: true, format: "table" }],
  ["--history", { history: "3", format: "openmetrics" }],
  ["--history", { history: "3", today: "2027-01-01" }],
  ["--history", { history: "none" }],
  ["--by", { by: "team", json: true }],
  ["--by", { by: "team", format: "openmetrics" }],
])("fails with PVD4003 for %s in %j", async (where, options) => {
  for (const command of [deviationsCommand, adoptionCommand])
    await expect(run(command, workspace, { options })).rejects.toThrow(`PVD4003 ${where}: `);
});

describe("history", () => {
  const ours = sampleWorkspace();
  const commit = async (fleet: FleetIndex, subject: string) => {
    write(ours, "cdktf.out/paved.json", JSON.stringify(fleet));
    await run(checkCommand, ours, { options: { write: true, today: "2027-01-01" } });
    const who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    for (const words of [
      ["init", "-q"],
      ["add", "environments"],
      [...who, "commit", "-qm", subject],
    ])
      execFileSync("git", words, { cwd: ours.root });
  };

  beforeAll(async () => {
    await commit(index, "A service");
    await commit(deviating, "Slow to start");
    const grown = deviating.stacks.map((stack) =>
      stack.name === "production-orders"
        ? { ...stack, elements: { ...stack.elements, "aws_vpc.more": { path: "more" } } }
        : stack,
    );
    await commit({ ...deviating, stacks: grown }, "One more resource");
  });

  test("of deviations is the commits that changed those, with rules and ends", async () => {
    const { out } = await run(deviationsCommand, ours, { options: { history: "5" } });
    expect(out).toMatch(/^1 commit changed deviations\n/);
    expect(out).toMatch(/\| 1 +\| startup-time 2027-03-31 +\| Slow to start/);
  });

  test("of one environment is of that one alone, for both", async () => {
    const options = { history: "5", env: ["production"] };
    expect((await run(deviationsCommand, ours, { options })).out).toMatch(/^0 commits changed deviations\n/);
    const { out } = await run(adoptionCommand, ours, { options });
    expect(out).toMatch(/^2 commits changed adoption\n/);
    expect(out).not.toContain("Slow to start");
  });

  test.each(["team", "service", "environment", "golden-path"])("by %s names each", async (by) => {
    const names = { team: "commerce", service: "orders", environment: "dev", "golden-path": "node-api@1" };
    for (const command of [deviationsCommand, adoptionCommand]) {
      const { out } = await run(command, ours, { options: { history: "1", by } });
      expect(out).toContain(`| ${names[by as keyof typeof names]} `);
    }
  });

  test("as JSON has every count of every commit", async () => {
    const { out } = await run(adoptionCommand, ours, { options: { history: "2", format: "json" } });
    expect(JSON.parse(out)).toMatchObject({
      history: [
        { subject: "One more resource", total: { resources: 3 }, by: { team: [{ name: "commerce" }] } },
        { subject: "Slow to start", total: { deviations: 1 } },
      ],
    });
    const deviations = await run(deviationsCommand, ours, { options: { history: "1", json: true } });
    expect(JSON.parse(deviations.out)).toMatchObject({
      history: [{ services: [{ service: "orders", left: [{ rule: "startup-time", expires: "2027-03-31" }] }] }],
    });
  });
});
