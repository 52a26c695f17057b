import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { environmentEntry } from "@paved/testing/src/environment-entry";
import { checkWorkflows, Workspace } from "../src";
import { WORKFLOW_FILES, type WorkflowEnvironment } from "../src/workflows/workflow-text";

const root = path.join(__dirname, "..", "..", "..");
const files = Object.keys(WORKFLOW_FILES);
const workspace = new Workspace(mkdtempSync(path.join(tmpdir(), "paved-workflows-")));
const at = (file: string) => path.join(workspace.root, file);
afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));
beforeEach(() => {
  for (const file of files) {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    copyFileSync(path.join(root, file), at(file));
  }
});

const named = (name: string, more: Partial<WorkflowEnvironment> = {}) => ({ ...environmentEntry(name), ...more });
const ephemeral = { owner: "commerce", expires: "2026-12-05" };
const write = (...environments: readonly ReturnType<typeof named>[]) =>
  checkWorkflows(workspace, { environments }, { write: true });

interface Jobs {
  readonly jobs: Readonly<
    Record<
      string,
      { readonly needs?: string | readonly string[]; readonly environment?: string; readonly steps: object[] }
    >
  >;
}
const applied = () => (parse(readFileSync(at(".github/workflows/apply.yml"), "utf8")) as Jobs).jobs;
const needs = () => Object.fromEntries(Object.entries(applied()).map(([name, job]) => [name, job.needs]));

test("each environment is planned after the one before was delivered", () => {
  expect(write(named("one"), named("two"))).toEqual({ findings: [], written: files });
  expect(needs()).toEqual({
    "plan-one": undefined,
    "apply-one": "plan-one",
    "deliver-one": "apply-one",
    "plan-two": "deliver-one",
    "apply-two": "plan-two",
    "copy-two": "apply-two",
    "deliver-two": "copy-two",
  });
});

test("images are copied to each environment that comes after one that lasts, by the same steps, in one of GitHub's of its own", () => {
  const before = applied()["copy-staging"]!.steps;
  write(named("one"), named("preview", { ephemeral }), named("two"));
  const copying = Object.entries(applied()).filter(([name]) => name.startsWith("copy-"));
  expect(copying.map(([name, { environment, steps }]) => [name, environment, steps])).toEqual([
    ["copy-preview", "copy-preview", before],
    ["copy-two", "copy-two", before],
  ]);
});

test("with one environment there is nothing to copy, and no place for it is missing", () => {
  write(named("one"));
  expect(Object.keys(applied())).toEqual(["plan-one", "apply-one", "deliver-one"]);
  expect(checkWorkflows(workspace, { environments: [named("one")] })).toEqual({ findings: [], written: [] });
  expect(write(named("one"), named("two")).findings).toMatchObject([
    { code: "PVD2201", where: ".github/workflows/apply.yml", got: expect.stringMatching(/^no place/) },
  ]);
});

test("nothing waits for an ephemeral environment", () => {
  write(named("one"), named("preview", { ephemeral }), named("two"));
  expect(needs()).toMatchObject({ "plan-preview": "deliver-one", "plan-two": "deliver-one" });
  expect(Object.values(needs()).flat()).not.toContain("deliver-preview");
});

test("an environment waits for as many as have to approve, each in a gate of its own", () => {
  write(named("one"), named("two", { approvals: 3 }));
  expect(needs()["apply-two"]).toEqual(["plan-two", "approve-two-second", "approve-two-third"]);
  expect(applied()["approve-two-third"]).toMatchObject({ environment: "two-third", needs: "plan-two" });
});

test("steps are those of the first environment, whichever that is", () => {
  const before = applied()["plan-dev"]!.steps;
  write(named("two"), named("one"));
  expect([applied()["plan-two"]!.steps, applied()["plan-one"]!.steps]).toEqual([before, before]);
});

test("runners, drift and pull requests are of the same environments", () => {
  write(named("one"), named("two", { account: "222222222222" }));
  const text = (file: string) => readFileSync(at(file), "utf8");
  expect(text(".github/actionlint.yaml")).toContain("  labels:\n    - paved-one\n    - paved-two\n");
  for (const file of ["drift", "pull-request"]) {
    const rows = text(`.github/workflows/${file}.yml`).match(/- \{ environment: .*/g);
    expect(rows).toEqual([
      '- { environment: one, account: "111111111111", region: eu-west-1 }',
      '- { environment: two, account: "222222222222", region: eu-west-1 }',
    ]);
  }
});

test("what was written is as it has to be", () => {
  const environments = [named("one"), named("preview", { ephemeral }), named("two", { approvals: 2 })];
  write(...environments);
  expect(checkWorkflows(workspace, { environments })).toEqual({ findings: [], written: [] });
});

test("fails with PVD2201 for each file that names other environments, and writes nothing", () => {
  const before = files.map((file) => readFileSync(at(file), "utf8"));
  const { findings } = checkWorkflows(workspace, { environments: [named("one")] });
  expect(findings.map(({ code, where }) => `${code} ${where}`)).toEqual(files.map((file) => `PVD2201 ${file}`));
  expect(files.map((file) => readFileSync(at(file), "utf8"))).toEqual(before);
});

test("fails with PVD2201 where there is no place to write, and leaves the file alone", () => {
  writeFileSync(at(".github/workflows/drift.yml"), "on: push\n");
  const { findings, written } = write(named("one"));
  expect(findings).toMatchObject([{ code: "PVD2201", got: expect.stringMatching(/^no place in which/) }]);
  expect(written).not.toContain(".github/workflows/drift.yml");
  expect(readFileSync(at(".github/workflows/drift.yml"), "utf8")).toBe("on: push\n");
});

test("fails with PVD2201 where a job is somebody's own, and leaves it there", () => {
  const file = at(".github/workflows/apply.yml");
  const text = `${readFileSync(file, "utf8")}\n  notify:\n    runs-on: ubuntu-24.04\n    steps: []\n`;
  writeFileSync(file, text);
  expect(write(named("one")).findings).toMatchObject([{ code: "PVD2201", where: ".github/workflows/apply.yml" }]);
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("fails with PVD2201 where one of the files is gone", () => {
  rmSync(at(".github/workflows/drift.yml"));
  expect(write(named("one")).findings).toMatchObject([{ code: "PVD2201", where: ".github/workflows/drift.yml" }]);
});

test("a blank line between steps ends none of them", () => {
  const file = at(".github/workflows/apply.yml");
  const before = applied()["plan-dev"]!.steps;
  writeFileSync(file, readFileSync(file, "utf8").replace(/(?<=steps: &plan\n(?: {6}.*\n)+?)(?= {6}- )/, "\n"));
  write(named("one"));
  expect(readFileSync(file, "utf8")).toMatch(/\n\n {6}- /);
  expect(applied()["plan-one"]!.steps).toEqual(before);
});

test("a workspace without workflows has nothing to hold", () => {
  rmSync(at(".github"), { recursive: true });
  expect(write(named("one"))).toEqual({ findings: [], written: [] });
});
