import * as fs from "node:fs";
import { ENVIRONMENT_NAMES } from "@paved/model";
import { DAY } from "./day";
import { RepositoryWorkspace } from "./repository-workspace";

jest.setTimeout(900_000);

const workspace = new RepositoryWorkspace();
const bundle = workspace.file(".paved", "bundle");
const comment = workspace.file(".paved", "impact.md");
const summary = workspace.file(".paved", "summary.md");
const changed = "modules/src/image-repository/image-repository.ts";
/** In every environment: production wants two approvals. */
const choice = ["--service", "pricing", "--state", "s3"];
const STACKS = ENVIRONMENT_NAMES.map((name) => `${name}-pricing`);

afterAll(() => {
  workspace.paved("sandbox", "reset");
  workspace.remove();
  delete process.env["PAVED_BUNDLE_KEY"];
});

interface Stages {
  readonly stages: readonly { readonly name: string; readonly status: string; readonly result: unknown }[];
}

/** Runs the stages of the pipeline. @returns how each ended, and what its command printed */
function stages(...words: readonly string[]): Stages["stages"] {
  const { out, err } = workspace.paved("pipeline", ...words, "--today", DAY, "--json");
  const document = JSON.parse(out.slice(out.indexOf("{"))) as Stages;
  const passed = document.stages.every(({ status }) => status === "passed");
  expect({ passed, problems: passed ? [] : [err, document] }).toEqual({ passed: true, problems: [] });
  return document.stages;
}

beforeAll(() => {
  process.env["PAVED_BUNDLE_KEY"] = "a passphrase of a test";
  const { code, err } = workspace.paved("rehearse", ...choice);
  if (code !== 0) throw new Error(err);
  workspace.git("branch", "base");
});

test("a change of a module is judged, explained and planned for every environment, with states in S3", () => {
  const text = workspace.read(changed);
  workspace.write(changed, text.replace("IMAGES_KEPT = 50", "IMAGES_KEPT = 60"));
  expect(workspace.read(changed)).not.toBe(text);
  workspace.commit("more images are kept");

  workspace.environment = { GITHUB_STEP_SUMMARY: summary };
  const shown = ["--comment", comment, "--summary"];
  const asked = stages("pull-request", "--base", "base", ...choice, "--bundle", bundle, ...shown);
  const told = fs.readFileSync(summary, "utf8");
  expect(told).toMatch(/^## What this changes\n\n\*\*3 stacks\*\*/);
  expect(told).toBe(fs.readFileSync(comment, "utf8"));
  const affected = asked[2]?.result as { stacks: readonly { name: string }[] };
  expect(affected.stacks.map(({ name }) => name)).toEqual(expect.arrayContaining(STACKS));
  expect(affected.stacks).toHaveLength(STACKS.length);
  expect(asked.map(({ name }) => name)).toEqual(["synth", "check", "affected", "impact", "plan"]);
  const planned = asked.at(-1)?.result as { stacks: readonly { name: string; plan: object }[] };
  const plan = { add: 0, change: 1, destroy: 0 };
  expect(planned.stacks).toEqual(STACKS.map((name) => expect.objectContaining({ name, plan })));
  expect(fs.existsSync(bundle)).toBe(true);
});

test("it is applied nowhere before two others have approved", () => {
  for (const [name, has] of [
    ["Grace", "no approval"],
    ["Edsger", "approved by Grace alone"],
  ] as const) {
    const refused = workspace.paved("pipeline", "apply", "--state", "s3", "--bundle", bundle, "--today", DAY);
    expect(refused.code).toBe(1);
    expect(refused.out + refused.err).toContain(`PVD5013 ${bundle}/approvals: got ${has}, want 2 people`);
    expect(workspace.paved("approve", bundle, "--by", name).code).toBe(0);
  }
});

test("then that plan is applied, in the order of promotion, and a second plan is empty", () => {
  const done = stages("apply", "--state", "s3", "--bundle", bundle, "--summary");
  expect(done.map(({ name }) => name)).toEqual(["apply", "drift"]);
  const stacks = STACKS.map((name) => ({ name, status: "applied" }));
  expect(done[0]?.result).toMatchObject({ ok: true, stacks });
  const drift = done[1]?.result as { stacks: readonly { name: string }[] };
  expect(drift.stacks.map(({ name }) => name)).toEqual(STACKS);
  expect(fs.readFileSync(summary, "utf8")).toBe(
    `${fs.readFileSync(comment, "utf8")}\n## Drift\n\nAll 3 stacks that could be looked at are as they were applied.\n`,
  );
  expect(workspace.paved("plan", ...choice, "--detailed-exitcode").code).toBe(0);
});

test("a name that there is not fails, and so does an option that no stage takes", () => {
  const { code, out, err } = workspace.paved("pipeline", "pull-request", "--env", "nosuch");
  expect({ code, told: /PVD1001 .*nosuch/.test(out + err) }).toEqual({ code: 2, told: true });
  expect(workspace.paved("pipeline", "pull-request", "--state", "s3")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^PVD4003 --state: got --state without --bundle/),
  });
});

test("a table is written to a file too", () => {
  const file = workspace.file(".paved", "impact.txt");
  const { code, out } = workspace.paved("impact", "--base", "base", "--output", file);
  expect({ code, out }).toEqual({ code: 0, out: `wrote ${file}\n` });
  expect(fs.readFileSync(file, "utf8")).toBe(workspace.paved("impact", "--base", "base").out);
});
