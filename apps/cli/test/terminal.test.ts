import { stripVTControlCharacters } from "node:util";
import * as fc from "fast-check";
import { drawTable } from "../src/terminal/draw-table";
import { printFindings } from "../src/terminal/findings";
import { ProgressLines } from "../src/terminal/progress";
import { quantity } from "../src/terminal/quantity";
import { formatCounts, printRun, skippedLines, summaryLine } from "../src/terminal/run-summary";
import { createTerminal } from "../src/terminal/terminal";
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
  [{ tty: true, environment: { TERM: "dumb" } }, false],
])("progress is drawn live with %j: %p", (settings, live) => expect(kept(settings).terminal.live).toBe(live));

test.each([
  ["standard output", false, true],
  ["standard error", true, false],
])("with %s in a pipe neither colours nor live progress are used", (_what, outIsTty, errIsTty) => {
  const stream = (isTTY: boolean) => ({ isTTY, write: () => {} });
  const [stdout, stderr] = [stream(outIsTty), stream(errIsTty)];
  const terminal = createTerminal({ stdout, stderr, environment: {}, noColour: false });
  expect(terminal.colours.red("x")).toBe("x");
  expect(terminal.live).toBe(false);
});

test.each([{ tty: true }, {}])(
  "nothing that is printed is a command to a terminal or to a workflow's machine: %j",
  (settings) => {
    const { terminal, out, err } = kept(settings);
    printFindings(terminal, [{ ...finding, got: "a\n::error::x\r\u001b[2J##[add-path]x" }]);
    terminal.out("::set-output name=a::b");
    expect(stripVTControlCharacters([...out, ...err].join("|"))).toBe(
      "\\u003a:set-output name=a::b|PVD1003 orders (a.ts:3): got a\n" +
        "\\u003a:error::x\\u000d\\u001b[2J##\\u005badd-path]x, want a digest; fix it",
    );
  },
);

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

test("a table for a person has lines of its own, and as many columns where it has colours", () => {
  const table = drawTable(kept({ tty: true }).terminal, [{ head: "a" }], [["\u001b[31m漢字\u001b[39m"], ["no"]]);
  expect(stripVTControlCharacters(table)).toMatchInlineSnapshot(`
   "┌──────┐
   │ a    │
   │ 漢字 │
   │ no   │
   └──────┘"
  `);
});

test("a table without rows is its head", () => {
  expect(drawTable(kept().terminal, [{ head: "stack" }, { head: "id" }], [])).toMatchInlineSnapshot(`
   "+-------+----+
   | stack | id |
   +-------+----+"
  `);
});

/** Characters that are one or two columns wide on a terminal. */
const WIDTHS = new Map([
  ..."ab7 -|.é→".split("").map((one) => [one, 1] as const),
  ...[..."漢字😀"].map((two) => [two, 2] as const),
]);
const columns = (line: string): number => [...line].reduce((sum, one) => sum + (WIDTHS.get(one) ?? 1), 0);

test("every line of a table is as wide as the others, also of wide, long and broken cells, and every cell is in it", () => {
  const word = fc.array(fc.constantFrom(...WIDTHS.keys()), { maxLength: 60 }).map((letters) => letters.join(""));
  const cell = fc.array(word, { minLength: 1, maxLength: 2 }).map((lines) => lines.join("\n"));
  const rows = fc.array(fc.tuple(cell, cell), { maxLength: 5 });
  const align = fc.constantFrom("left" as const, "right" as const);
  fc.assert(
    fc.property(rows, align, fc.boolean(), (cells, side, tty) => {
      const table = drawTable(
        kept({ tty, noColour: true }).terminal,
        [{ head: "a", align: side }, { head: "b" }],
        cells,
      );
      expect(new Set(table.split("\n").map(columns)).size).toBe(1);
      for (const line of cells.flat().flatMap((text) => text.split("\n"))) expect(table).toContain(line.trim());
    }),
  );
});

test.each([
  [0, "0 stacks"],
  [1, "1 stack"],
  [12, "12 stacks"],
])("%i is said as %s", (count, said) => expect(quantity(count, "stack")).toBe(said));

test("a plural of its own", () => expect(quantity(2, "plan is", "plans are")).toBe("2 plans are"));

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

test("a run of one is not said as of many", () => {
  const stacks = [
    result("dev-network", { resources: 1 }),
    result("dev-cluster", { resources: 0, secondPlan: undefined }),
  ];
  const said = (...of: typeof stacks) => summaryLine({ command: "rehearse", tofu: "1.12.6", seconds: 1, stacks: of });
  expect(said(stacks[0]!)).toMatch(/^1 stack: 1 applied; 1 resource; every second plan is empty; /);
  expect(said(...stacks)).toMatch(/^2 stacks: 2 applied; 1 resource; 1 second plan is empty; /);
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
