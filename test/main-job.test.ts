import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { RunReport } from "@paved/model";

const root = path.join(__dirname, "..");
let workspace: string;

/** A workspace of its own over the same sources: what a run writes stays out of the real one. */
beforeAll(() => {
  workspace = fs.mkdtempSync(path.join(os.tmpdir(), "paved-workspace-"));
  for (const name of ["cdktf.json", "engine", "environments", "golden-paths", "modules", "node_modules", "packages"]) {
    fs.symlinkSync(path.join(root, name), path.join(workspace, name));
  }
  fs.mkdirSync(path.join(workspace, "stacks"));
  for (const name of ["bundle.json", "package.json", "services", "src"]) {
    fs.cpSync(path.join(root, "stacks", name), path.join(workspace, "stacks", name), { recursive: true });
  }
  fs.mkdirSync(path.join(workspace, ".paved"));
  const binaries = path.join(root, ".paved", "bin");
  if (fs.existsSync(binaries)) fs.symlinkSync(binaries, path.join(workspace, ".paved", "bin"));
});
afterAll(() => fs.rmSync(workspace, { recursive: true, force: true }));

function paved(...words: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, "apps/cli/bin/paved.js"), "-C", workspace, ...words],
    {
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1", TF_VAR_region: "nowhere", AWS_PROFILE: "nobody" },
    },
  );
  return { code: status, out: stdout, err: stderr };
}

const report = () => JSON.parse(fs.readFileSync(path.join(workspace, "cdktf.out", "run.json"), "utf8")) as RunReport;
const NOTHING = { add: 0, change: 0, destroy: 0 };

test("every stack of every environment applies, and its second plan is empty", () => {
  const { code, out, err } = paved("rehearse");
  expect({ code, problems: (out + err).match(/^PVD.*/gm) ?? [] }).toEqual({ code: 0, problems: [] });
  const { stacks } = report();
  expect(stacks.length).toBe(30);
  expect(new Set(stacks.map((stack) => stack.environment))).toEqual(new Set(["dev", "staging", "production"]));
  for (const stack of stacks) {
    expect({ name: stack.name, plan: stack.plan, secondPlan: stack.secondPlan }).toEqual({
      name: stack.name,
      plan: { add: stack.resources, change: 0, destroy: 0 },
      secondPlan: NOTHING,
    });
    expect(stack.resources).toBeGreaterThan(0);
  }
}, 300_000);

test("run again, nothing is to change anywhere", () => {
  expect(paved("rehearse").code).toBe(0);
  expect(report().stacks.filter((stack) => stack.plan.add + stack.plan.change + stack.plan.destroy > 0)).toEqual([]);
}, 300_000);

test("what was changed behind the engine's back is found by the next plan, and put back by the next apply", () => {
  const address = "dev-orders:aws_ecr_repository.api_repository_repository";
  expect(paved("sandbox", "drift", address, "image_tag_mutability", "MUTABLE").code).toBe(0);
  expect(paved("plan", "--env", "dev", "--service", "orders", "--detailed-exitcode").code).toBe(3);
  expect(paved("apply", "--env", "dev", "--service", "orders").code).toBe(0);
  expect(paved("plan", "--env", "dev", "--service", "orders", "--detailed-exitcode").code).toBe(0);
}, 120_000);

test("an address is explained back to the user's file and line", () => {
  const { code, out } = paved("explain", "aws_db_instance.api_database_instance");
  expect(code).toBe(0);
  expect(out).toMatch(/stacks\/services\/orders\.ts:\d+/);
  expect(out).toContain("node-api@1");
});

test("fails with PVD1001 on an unknown environment", () => {
  const { code, out, err } = paved("plan", "--env", "prodution");
  expect(code).toBe(2);
  expect(out + err).toMatch(/PVD1001.*did you mean production/);
}, 60_000);

test("two synths are byte for byte the same", () => {
  const text = (file: string) => fs.readFileSync(path.join(workspace, "cdktf.out", file), "utf8");
  const files = () =>
    fs
      .readdirSync(path.join(workspace, "cdktf.out"), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(json|yaml)$/.test(file) && file !== "run.json");
  expect(paved("synth").code).toBe(0);
  const first = new Map(files().map((file) => [file, text(file)]));
  expect(paved("synth").code).toBe(0);
  expect(first.size).toBeGreaterThan(100);
  expect(new Map(files().map((file) => [file, text(file)]))).toEqual(first);
}, 60_000);
