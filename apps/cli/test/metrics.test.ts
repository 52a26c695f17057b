import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { definitionOf, METRIC_IDS, METRICS } from "@paved/metrics";
import { metricsCommand } from "../src/commands/metrics";
import { run, sampleWorkspace, write } from "./sample-workspace";
import { findAll, parseXml } from "./xml";

const workspace = sampleWorkspace();
const bare = sampleWorkspace();
const until = "2027-03-20";
const metrics = (options = {}) =>
  run(metricsCommand, workspace, { options: { weeks: "4", to: "production", until, ...options } });

const line = (number: number, at: string, more: object) =>
  JSON.stringify({ version: 1, id: `00000000-0000-4000-8000-00000000000${number}`, at, ...more });
const applied = (number: number, at: string, ...stacks: readonly object[]) =>
  line(number, at, {
    kind: "command",
    command: "apply",
    place: "sandbox",
    outcome: "ok",
    seconds: 1,
    codes: [],
    stacks,
  });
const orders = { name: "production-orders", environment: "production", service: "orders" };
const LOG = [
  line(1, "2027-03-08T08:00:00Z", { kind: "request", subject: "service", name: "orders" }),
  applied(2, "2027-03-08T09:00:00Z", { ...orders, outcome: "failed" }),
  applied(3, "2027-03-08T12:00:00+02:00", { ...orders, outcome: "applied" }),
];
const COMMITTED = "2027-03-09T00:00:00Z";
const git = (...words: readonly string[]): void => {
  const who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
  const env = { ...process.env, GIT_AUTHOR_DATE: COMMITTED, GIT_COMMITTER_DATE: COMMITTED };
  execFileSync("git", [...who, ...words], { cwd: workspace.root, env, stdio: "pipe" });
};

beforeAll(() => {
  git("init", "--quiet");
  write(workspace, "stacks/services/orders.ts", "");
  write(workspace, "environments/src/production.ts", "");
  write(workspace, "environments/adoption.txt", "# head\ndev orders commerce node-api@1 4 2 1 a@2027-06-01\n");
  git("add", "environments", "stacks");
  git("commit", "--quiet", "--message", "The first service");
});
beforeEach(() => write(workspace, ".paved/events.jsonl", `${LOG.join("\n")}\n`));

test("a table has each metric, what it was counted from, and how it went, in plain ASCII where nobody watches", async () => {
  const { code, out, err } = await metrics();
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatchInlineSnapshot(`
   "4 weeks of the sandbox, from 2027-02-22 on: 3 events
   +--------------------------+---------+-------------------------+--------------+--------+
   | metric                   | value   |                         | week by week | better |
   | time to first deployment | 2 h     | of 1 service            |   #          | lower  |
   | golden-path adoption     | 100.0 % | of 2 resources          |   =#         | higher |
   | mean time to environment | no data |                         |              | lower  |
   | platform tickets a week  | no data |                         |              | lower  |
   | change-failure rate      | 50.0 %  | of 2 deployments        |   #          | lower  |
   | deviation rate           | 0.0 %   | of 2 stacks of services |   #_         | lower  |
   +--------------------------+---------+-------------------------+--------------+--------+
   note: mean time to environment: not there yet: production
   note: platform tickets a week: no export of tickets is given: --tickets"
  `);
});

test("without a log there is no data, and that is no error", async () => {
  write(workspace, ".paved/events.jsonl", "");
  const { code, out } = await metrics();
  expect(code).toBe(0);
  expect(out).toMatch(/^4 weeks of the sandbox, from 2027-02-22 on: 0 events\n/);
  expect(out).toMatch(/time to first deployment +\| no data/);
  expect(out).toContain("note: the event log has no events: plan, apply and rehearse write them");
});

test("a damaged line is left out and said, with its number", async () => {
  write(workspace, ".paved/events.jsonl", [LOG[0], "{ cut", LOG[1], LOG[2]].join("\n"));
  const { code, out } = await metrics();
  expect(code).toBe(0);
  expect(out).toContain(
    "note: left out: 1 line of the event log that cannot be read, the first is .paved/events.jsonl:2",
  );
  expect(out).toMatch(/time to first deployment +\| 2 h /);
});

test("as JSON every metric has its definition, its source and what it cannot see", async () => {
  const { out } = await metrics({ json: true });
  const { metrics: figures, ...rest } = JSON.parse(out) as { metrics: object[] };
  expect(rest).toEqual({
    place: "sandbox",
    target: "production",
    from: "2027-02-22",
    to: "2027-03-21T00:00:00.000Z",
    weeks: ["2027-02-22", "2027-03-01", "2027-03-08", "2027-03-15"],
    events: 3,
    notes: [],
  });
  expect(figures).toEqual(METRIC_IDS.map((id) => expect.objectContaining({ id, ...definitionOf(id) })));
  expect(figures[0]).toMatchObject({ value: 7200, count: 1, weekly: [null, null, 7200, null] });
});

test("--definitions says for a person what each is and cannot see", async () => {
  const { out } = await metrics({ definitions: true });
  for (const { definition, source, blind } of Object.values(METRICS)) {
    expect(out).toContain(`  ${definition}\n  Source: ${source}.\n  Cannot see: ${blind}`);
  }
});

test("as SVG it is a well-formed picture that says what the table says, and has a dot a week that has data", async () => {
  const file = path.join(workspace.root, "metrics.svg");
  const { out, err } = await metrics({ format: "svg", output: file });
  expect({ out, err }).toEqual({ out: "", err: `wrote ${file}` });
  const picture = parseXml(readFileSync(file, "utf8"));
  const texts = findAll(picture, ({ name }) => name === "text").map(({ text }) => text);
  for (const { title } of Object.values(METRICS)) expect(texts).toContain(title);
  expect(texts).toEqual(expect.arrayContaining(["2 h", "50.0 %", "of 2 deployments", "no data", "2027-02-22"]));
  const cards = findAll(picture, ({ name }) => name === "g");
  expect(cards.map((card) => findAll(card, ({ name }) => name === "circle").length)).toEqual([1, 2, 0, 0, 1, 2]);
});

test("as OpenMetrics and as a dashboard it is one document each", async () => {
  expect((await metrics({ format: "openmetrics" })).out).toMatch(/^# HELP paved_first[^]*\n# EOF$/);
  expect(JSON.parse((await metrics({ format: "grafana" })).out)).toMatchObject({ uid: "paved-metrics" });
});

test("tickets of exports and events of other files count too", async () => {
  const at = (name: string) => path.join(workspace.root, name);
  writeFileSync(
    at("issues.json"),
    JSON.stringify([{ number: 1, createdAt: "2027-03-09T08:00:00Z", labels: ["help"] }]),
  );
  writeFileSync(at("other.csv"), "created\n2027-03-09\n2027-03-17\n");
  writeFileSync(
    at("runner.jsonl"),
    [LOG[2], applied(4, "2027-03-16T09:00:00Z", { ...orders, outcome: "applied" })].join("\n"),
  );
  const options = {
    tickets: [at("issues.json"), at("other.csv")],
    label: ["help"],
    log: [at("runner.jsonl")],
    json: true,
  };
  const { metrics: figures } = JSON.parse((await metrics(options)).out) as { metrics: { id: string; count: number }[] };
  const counts = Object.fromEntries(figures.map(({ id, count }) => [id, count]));
  expect(counts).toMatchObject({ "platform-tickets": 3, "change-failure": 3 });
});

test("outside of a repository it goes on without the history, and says so", async () => {
  const { code, out } = await run(metricsCommand, bare, { options: { to: "production" } });
  expect(code).toBe(0);
  expect(out).toMatch(/note: without the history of Git: /);
});

test("fails with PVD1001 for an environment that is not there", async () => {
  await expect(metrics({ to: "prodution" })).rejects.toThrow(
    "PVD1001 --to: got prodution, want an environment of the fleet; did you mean production?",
  );
});

test.each([
  [{ weeks: "0" }, "PVD4003 --weeks: got 0, want a whole number from 1 to 520; leave it out for 12"],
  [{ until: "tomorrow" }, "PVD4003 --until: got tomorrow, want a day, as YYYY-MM-DD; write it like 2027-03-31"],
  [{ json: true, format: "svg" }, "PVD4003 --json: got --json with --format svg, want options that go together"],
  [{ output: "table.txt" }, "PVD4003 --output: got --output with a table, want options that go together"],
  [{ log: ["none.jsonl"] }, "PVD4003 --log: got none.jsonl: ENOENT"],
  [{ tickets: ["none.csv"] }, "PVD4003 --tickets: got none.csv: ENOENT"],
])("fails with PVD4003 for %j", async (options, message) => {
  await expect(metrics(options)).rejects.toThrow(message);
});

test("all that is wrong with the options is said at once", async () => {
  await expect(metrics({ weeks: "0", until: "tomorrow" })).rejects.toThrow(/--weeks[^]*--until/);
});
