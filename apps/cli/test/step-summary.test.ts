import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { driftMarkdown, type StackDrift } from "@paved/pipeline";
import { appendSummary, SUMMARY_LIMIT } from "../src/commands/step-summary";
import { kept } from "./sample-fleet";

const folder = mkdtempSync(path.join(tmpdir(), "paved-summary-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, "summary.md");
beforeEach(() => rmSync(file, { force: true }));

/** Appends, and says what the terminal was told. */
function append(markdown: (limit: number) => string, named = file, summary = true): readonly string[] {
  const { terminal, out, err } = kept();
  appendSummary({ terminal, options: { summary } }, markdown, { GITHUB_STEP_SUMMARY: named });
  expect(out).toEqual([]);
  return err;
}
const written = () => readFileSync(file, "utf8");

test("is appended to what other commands of the step wrote, apart from it", () => {
  expect(append(() => "## One\n")).toEqual([]);
  expect(append(() => "## Two\n")).toEqual([]);
  expect(written()).toBe("## One\n\n## Two\n");
});

test("is written only where it is asked for", () => {
  writeFileSync(file, "");
  expect(append(() => "## One\n", file, false)).toEqual([]);
  expect(written()).toBe("");
});

test.each([
  ["GitHub names no file", "", /GITHUB_STEP_SUMMARY names no file/],
  ["the file cannot be written", folder, /EISDIR/],
  ["its directory is not there", path.join(folder, "none", "x"), /ENOENT/],
])("where %s the command goes on, and says so", (_what, named, said) => {
  expect(append(() => "## One\n", named)).toEqual([expect.stringMatching(said)]);
});

test("is never more than GitHub shows, whatever its signs take, and says what is left out", () => {
  const sign = "\u{20ac}";
  const stack = (name: string): StackDrift => ({
    name,
    environment: "dev",
    owner: "commerce",
    status: "drifted",
    findings: [],
    resources: [{ address: "a.b", change: "changed", attributes: [{ path: "note", after: sign.repeat(300) }] }],
  });
  const stacks = Array.from({ length: 2000 }, (_each, index) => stack(`dev-s${index}`));
  const drift = { stacks, tofu: "1.12.6", seconds: 1 };
  writeFileSync(file, "x".repeat(1000));
  expect(append((limit) => driftMarkdown(drift, limit))).toEqual([]);
  const size = Buffer.byteLength(written());
  expect([size <= SUMMARY_LIMIT, size > SUMMARY_LIMIT / 4]).toEqual([true, true]);
  expect(written()).toMatch(/\d+ more sections do not fit here; `paved drift --json` has all\.\n$/);
});

test("where there is no room left nothing is written, and that is said", () => {
  writeFileSync(file, "x".repeat(SUMMARY_LIMIT - 100));
  expect(append(() => "y".repeat(200))).toEqual([expect.stringMatching(/no room left/)]);
  expect(written()).toHaveLength(SUMMARY_LIMIT - 100);
});
