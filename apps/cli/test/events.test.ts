import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readEvents } from "@paved/metrics";
import { PavedError } from "@paved/model";
import type { StackResult, StackStatus } from "@paved/pipeline";
import type { CommandRun } from "../src/command-spec";
import { COMMANDS } from "../src/command-table";
import { checkEventLog } from "../src/doctor/event-log";
import { recorded } from "../src/events/recorded";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const file = workspace.events;
const events = () => readEvents([{ name: "events.jsonl", text: readFileSync(file, "utf8") }]).events;

afterEach(() => {
  delete process.env["PAVED_EVENTS"];
  rmSync(workspace.paved, { recursive: true, force: true });
});

const result = (name: string, status: StackStatus, service?: string): StackResult => ({
  name,
  environment: "dev",
  service,
  status,
  resources: 1,
  plan: { add: 0, change: 0, destroy: 0 },
  changes: [],
  waitsFor: [],
  findings:
    status === "failed" ? [{ code: "PVD2003", where: name, got: "a secret", want: "none", fix: "hide it" }] : [],
  notes: [],
  seconds: 1,
});

/** A command that works on stacks and ends with a code. */
const ending =
  (code: number, ...stacks: readonly StackResult[]): CommandRun =>
  async ({ happened }) => {
    happened?.({ kind: "stacks", stacks });
    return code;
  };
const throwing =
  (error: Error): CommandRun =>
  async () => {
    throw error;
  };
const wrong = (code: "PVD2005" | "PVD4003") =>
  new PavedError({ code, where: "lock", got: "ada@example.com", want: "nobody", fix: "wait" });

test("a command that ends is a line: what it was, where, how it ended, and the stacks in which something was done", async () => {
  const stacks = [
    result("dev-network", "unchanged"),
    result("dev-orders", "applied", "orders"),
    result("dev-a", "skipped"),
  ];
  expect(await run(recorded("apply", ending(0, ...stacks)), workspace)).toMatchObject({ code: 0, out: "", err: "" });
  expect(readFileSync(file, "utf8")).toMatch(/^\{[^\n]*\}\n$/);
  expect(events()).toEqual([
    {
      kind: "command",
      id: expect.any(String),
      at: expect.any(Number),
      command: "apply",
      place: "sandbox",
      outcome: "ok",
      seconds: expect.any(Number),
      codes: [],
      stacks: [{ name: "dev-orders", environment: "dev", service: "orders", outcome: "applied" }],
    },
  ]);
  expect(Math.abs(events()[0]!.at - Date.now())).toBeLessThan(60_000);
});

test.each([
  ["ok", ending(3, result("dev-orders", "planned", "orders")), []],
  ["failed", ending(1, result("dev-a", "failed"), result("dev-b", "failed")), ["PVD2003"]],
  ["interrupted", ending(130, result("dev-a", "interrupted")), []],
  ["failed", throwing(wrong("PVD2005")), ["PVD2005"]],
  ["failed", throwing(new TypeError("a bug")), ["PVD4004"]],
])(
  "is %s by its exit code or by what it throws, with the codes of errors and nothing that they say",
  async (outcome, command, codes) => {
    await run(recorded("plan", command), workspace, { options: { live: true } }).catch(() => {});
    expect(events()).toMatchObject([{ place: "live", outcome, codes }]);
    expect(readFileSync(file, "utf8")).not.toMatch(/secret|ada@/);
  },
);

test("what it throws is thrown all the same", async () => {
  const error = wrong("PVD2005");
  await expect(run(recorded("apply", throwing(error)), workspace)).rejects.toBe(error);
});

test("a command line that is wrong is no event", async () => {
  const error = wrong("PVD4003");
  await expect(run(recorded("apply", throwing(error)), workspace)).rejects.toBe(error);
  expect(existsSync(file)).toBe(false);
});

test("what only looks, with --dry-run, is no event", async () => {
  await run(recorded("new", ending(0)), workspace, { options: { dryRun: true } });
  expect(existsSync(file)).toBe(false);
});

test("what a command asks for is a line of its own", async () => {
  const asking: CommandRun = async ({ happened }) => {
    happened?.({ kind: "request", subject: "service", name: "orders" });
    return 0;
  };
  await run(recorded("apply", asking), workspace);
  expect(events()).toHaveLength(2);
  expect(events()).toContainEqual(expect.objectContaining({ kind: "request", subject: "service", name: "orders" }));
});

test("a line that was cut off is left alone: the next one is whole", async () => {
  write(workspace, path.relative(workspace.root, file), '{"version":1,"id":"cut');
  await run(recorded("apply", ending(0)), workspace);
  const { events: read, damaged } = readEvents([{ name: "events.jsonl", text: readFileSync(file, "utf8") }]);
  expect([read.length, damaged]).toEqual([1, [{ file: "events.jsonl", line: 1 }]]);
});

describe("a log that cannot be written breaks no command, and the doctor says so", () => {
  const quietly = async () => {
    expect(await run(recorded("apply", ending(0)), workspace)).toEqual({ code: 0, out: "", err: "" });
    return checkEventLog(workspace, process.env);
  };

  test("a directory in its place", async () => {
    mkdirSync(file, { recursive: true });
    expect(await quietly()).toMatchObject({
      status: "warning",
      found: ".paved/events.jsonl cannot be written: not a file",
    });
  });

  test("a file where its directory has to be", async () => {
    write(workspace, "taken", "");
    process.env["PAVED_EVENTS"] = "taken/events.jsonl";
    expect(await quietly()).toMatchObject({ status: "warning", fix: expect.stringContaining("PAVED_EVENTS") });
  });

  test("nothing that a write would wait for", async () => {
    process.env["PAVED_EVENTS"] = "/dev/stdin";
    expect(await quietly()).toMatchObject({ status: "warning" });
  });
});

test("the doctor counts events, and lines that cannot be read", async () => {
  expect(checkEventLog(workspace, {})).toEqual({
    name: "event log",
    status: "ok",
    found: "0 events in .paved/events.jsonl",
  });
  await run(recorded("apply", ending(0)), workspace);
  expect(checkEventLog(workspace, {}).found).toBe("1 event in .paved/events.jsonl");
  writeFileSync(file, `${readFileSync(file, "utf8")}{"version":9}\nnothing\n`);
  expect(checkEventLog(workspace, {})).toMatchObject({
    status: "warning",
    found: "1 event in .paved/events.jsonl; 2 lines cannot be read",
  });
});

test("PAVED_EVENTS names another file; empty, nothing is recorded", async () => {
  process.env["PAVED_EVENTS"] = "kept/log.jsonl";
  await run(recorded("apply", ending(0)), workspace);
  expect(existsSync(path.join(workspace.root, "kept/log.jsonl"))).toBe(true);
  process.env["PAVED_EVENTS"] = "";
  await run(recorded("apply", ending(0)), workspace);
  expect(existsSync(file)).toBe(false);
  expect(checkEventLog(workspace, process.env).found).toBe("turned off: PAVED_EVENTS is empty");
});

test("what is recorded is what the page on metrics says: commands that plan or change, and never synth or what only looks", () => {
  const page = readFileSync(path.join(__dirname, "../../../docs/metrics.md"), "utf8");
  const [said = ""] = /^`paved plan`[^]*?each add a line/m.exec(page) ?? [];
  const names = [...said.matchAll(/`(?:paved )?([a-z -]+)`/g)].map(([, name]) => name);
  expect(names.toSorted()).toEqual(
    COMMANDS.filter(({ isEvent }) => isEvent)
      .map(({ name }) => name)
      .toSorted(),
  );
  expect(names).not.toContain("synth");
});
