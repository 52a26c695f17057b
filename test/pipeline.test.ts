import * as fs from "node:fs";
import { DAY } from "./day";
import { RepositoryWorkspace } from "./repository-workspace";

jest.setTimeout(900_000);

const workspace = new RepositoryWorkspace();
const bundle = workspace.file(".paved", "bundle");
const changed = "modules/src/image-repository/image-repository.ts";
const choice = ["--env", "dev", "--service", "pricing", "--state", "s3"];

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

test("a change of a module is judged, explained and planned, then that plan is applied, with states in S3", () => {
  const text = workspace.read(changed);
  workspace.write(changed, text.replace("IMAGES_KEPT = 50", "IMAGES_KEPT = 60"));
  expect(workspace.read(changed)).not.toBe(text);
  workspace.commit("more images are kept");

  const asked = stages("pull-request", "--base", "base", ...choice, "--bundle", bundle);
  expect(asked.map(({ name }) => name)).toEqual(["synth", "check", "affected", "impact", "plan"]);
  const planned = asked.at(-1)?.result as { stacks: readonly { name: string; plan: object }[] };
  expect(planned.stacks).toEqual([
    expect.objectContaining({ name: "dev-pricing", plan: { add: 0, change: 1, destroy: 0 } }),
  ]);
  expect(fs.existsSync(bundle)).toBe(true);

  const done = stages("apply", "--state", "s3", "--bundle", bundle);
  expect(done.map(({ name }) => name)).toEqual(["apply", "drift"]);
  expect(done[0]?.result).toMatchObject({ ok: true, stacks: [{ name: "dev-pricing", status: "applied" }] });
  expect(workspace.paved("plan", ...choice, "--detailed-exitcode").code).toBe(0);
});
