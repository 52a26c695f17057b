import * as fc from "fast-check";
import { drawTable } from "../src/terminal/draw-table";
import { printFindings } from "../src/terminal/findings";
import { ProgressLines } from "../src/terminal/progress";
import { formatCounts, printRun, skippedLines, summaryLine } from "../src/terminal/run-summary";
import { confirm } from "../src/terminal/confirm";
import { index, kept, result } from "./sample-fleet";

const ESCAPE = "\u001b[";
const finding = {
  code: "PVD1003",
  where: "orders",
  source: "a.ts:3",
  got: "a tag",
  want: "a digest",
  fix: "fix it",
} as const;

test.each([
  ["a terminal", { tty: true }, true],
  ["a pipe", {}, false],
  ["NO_COLOR", { tty: true, environment: { NO_COLOR: "1" } }, false],
  ["an empty NO_COLOR", { tty: true, environment: { NO_COLOR: "" } }, true],
  ["--no-color", { tty: true, noColour: true }, false],
  ["a dumb terminal", { tty: true, environment: { TERM: "dumb" } }, false],
])("with %s there are colours: %j is %p", (_what, settings, coloured) => {
  const { terminal, err } = kept(settings);
  printFindings(terminal, [finding]);
  expect(err.join("").includes(ESCAPE)).toBe(coloured);
});

test.each([
  [{ tty: true }, true],
  [{ tty: false }, false],
  [{ tty: true, environment: { CI: "true" } }, false],
])("progress is drawn live with %j: %p", (settings, live) => expect(kept(settings).terminal.live).toBe(live));

test("a finding is one line: code, place, line, got, want, fix", () => {
  const { terminal, out, err } = kept();
  printFindings(terminal, [finding]);
  expect({ out, err }).toEqual({ out: [], err: ["PVD1003 orders (a.ts:3): got a tag, want a digest; fix it"] });
});

test("a table is ASCII where no person looks, numbers to the right", () => {
  const table = drawTable(
    kept().terminal,
    [{ head: "stack" }, { head: "n", align: "right" }],
    [
      ["dev", "7"],
      ["production", "12"],
    ],
  );
  expect(table).toMatchInlineSnapshot(`
"+------------+----+
| stack      |  n |
| dev        |  7 |
| production | 12 |
+------------+----+"
`);
});

test("every line of a table is as wide as the others, whatever is in it", () => {
  const cell = fc.string({ unit: "grapheme-ascii", maxLength: 20 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
      const lines = drawTable(kept().terminal, [{ head: "a" }, { head: "b" }], rows).split("\n");
      expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    }),
  );
});

test("a log has a line for each change of stage, on standard error, and none for stacks that are skipped", () => {
  const { terminal, out, err } = kept();
  const lines = new ProgressLines(terminal);
  const [network, cluster] = index.stacks;
  for (const stage of ["init", "validate", "plan", "apply"] as const) lines.stage(network!, stage);
  lines.finished(network!, result("dev-network", { status: "failed", secondPlan: undefined }));
  lines.finished(cluster!, result("dev-cluster", { status: "skipped", waitsFor: ["dev-network"] }));
  expect({ out, err }).toEqual({
    out: [],
    err: ["dev-network: plan", "dev-network: apply", "dev-network: failed (+3 ~0 -0, 1.3 s)"],
  });
});

test("a run is summed up in one line", () => {
  const stacks = [result("dev-network"), result("dev-cluster", { status: "unchanged", resources: 4 })];
  expect(summaryLine({ command: "rehearse", tofu: "1.12.6", seconds: 41.23, stacks })).toBe(
    "2 stacks: 1 applied, 1 unchanged; 7 resources; every second plan is empty; 41.2 s with OpenTofu 1.12.6",
  );
});

test("a second plan that is not empty is in the summary and in the table", () => {
  const drifting = result("dev-network", {
    status: "failed",
    secondPlan: { add: 0, change: 2, destroy: 0 },
    findings: [{ ...finding, code: "PVD2004" }],
  });
  const { terminal, out } = kept();
  printRun(terminal, { command: "rehearse", tofu: "1.12.6", seconds: 1, stacks: [drifting, result("dev-cluster")] });
  expect(out[0]).toContain("1 of 2 second plans not empty");
  expect(out[1]).toContain("+0 ~2 -0");
});

test("the summary is above the table, and a plan lists its changes below", () => {
  const { terminal, out } = kept();
  const changes = [
    { address: "aws_vpc.network_vpc", action: "create" },
    { address: "aws_db_instance.old", action: "replace" },
  ] as const;
  const stacks = [
    result("dev-network", { status: "planned", changes, notes: ["no image yet"], secondPlan: undefined }),
  ];
  printRun(terminal, { command: "plan", tofu: "1.12.6", seconds: 1, stacks });
  expect(out[0]).toMatch(/^1 stack: 1 planned/);
  expect(out[1]).toMatch(/dev-network +\| planned/);
  expect(out.slice(2)).toEqual([
    "\ndev-network",
    "    + aws_vpc.network_vpc",
    "  -/+ aws_db_instance.old",
    "note: dev-network: no image yet",
  ]);
});

test("stacks skipped for one reason are one line, also when they wait for each other", () => {
  const skipped = (name: string, ...waitsFor: string[]) => result(name, { status: "skipped", waitsFor });
  expect(
    skippedLines([
      result("dev-network", { status: "failed" }),
      skipped("dev-cluster", "dev-network"),
      skipped("dev-orders", "dev-cluster", "dev-network"),
      skipped("dev-ledger", "dev-cluster"),
      result("staging-network", { status: "failed" }),
      skipped("staging-cluster", "staging-network"),
      skipped("production-network"),
    ]),
  ).toEqual([
    "skipped: 3 stacks, waiting for dev-network",
    "skipped: 1 stack, waiting for staging-network",
    "skipped: 1 stack, not begun before the stop",
  ]);
});

test("changes are written as OpenTofu's users write them", () => {
  expect(formatCounts({ add: 3, change: 1, destroy: 0 })).toBe("+3 ~1 -0");
});

test("fails with PVD4003 when nobody can be asked", async () => {
  await expect(confirm(kept().terminal, "destroy dev-orders?")).rejects.toThrow(
    "PVD4003 confirmation: got nobody to ask: this is not a terminal, want yes; add --yes",
  );
});
