import * as fs from "node:fs";
import * as path from "node:path";
import { ENVIRONMENT_NAMES } from "@paved/model";
import { DAY } from "./day";
import { CANARY, type Ended, ThrowawayWorkspace } from "./throwaway-workspace";

/** State, access, network, cluster and platform beside the services, in each of three environments. */
const STACKS = 3 * (5 + fs.readdirSync(path.join(__dirname, "..", "stacks", "services")).length);

const workspace = new ThrowawayWorkspace();
afterAll(() => workspace.remove());

const paved = (...words: string[]): Ended => workspace.paved(...words);
const report = () => workspace.report();
const NOTHING = { add: 0, change: 0, destroy: 0 };

interface Judged {
  readonly own: { readonly broken: number };
  readonly outside: {
    readonly standing: readonly unknown[];
    readonly judges: readonly {
      readonly judge: string;
      readonly environments: Readonly<Record<string, { readonly scanned: number; readonly passed: number }>>;
    }[];
  };
  readonly errors: readonly unknown[];
}

test("every stack of every environment applies, and its second plan is empty", () => {
  const { code, out, err } = paved("rehearse");
  expect({ code, problems: (out + err).match(/^PVD.*/gm) ?? [] }).toEqual({ code: 0, problems: [] });
  const { stacks } = report();
  expect(stacks.length).toBe(STACKS);
  expect(new Set(stacks.map((stack) => stack.environment))).toEqual(new Set(ENVIRONMENT_NAMES));
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

test("every judge passes the fleet: guard-rails, checkov on all plans and manifests, and schemas", () => {
  const { code, out } = paved("judge", "--json", "--no-synth", "--today", DAY);
  const { own, outside, errors } = JSON.parse(out) as Judged;
  expect({ code, errors, broken: own.broken, standing: outside.standing }).toEqual({
    code: 0,
    errors: [],
    broken: 0,
    standing: [],
  });
  for (const { judge, environments } of outside.judges) {
    for (const environment of ENVIRONMENT_NAMES) {
      const { scanned = 0, passed = 0 } = environments[environment] ?? {};
      expect({ judge, environment, scanned: scanned > 90, passed: passed > 90 }).toEqual({
        judge,
        environment,
        scanned: true,
        passed: true,
      });
    }
  }
}, 600_000);

test("what was changed behind the engine's back is found by the next plan, and put back by the next apply", () => {
  const address = "staging-orders:aws_ecr_repository.api_repository_repository";
  expect(paved("sandbox", "drift", address, "image_tag_mutability", "MUTABLE").code).toBe(0);
  expect(paved("plan", "--env", "dev", "--service", "orders", "--detailed-exitcode").code).toBe(0);
  expect(paved("plan", "--env", "staging", "--service", "orders", "--detailed-exitcode").code).toBe(3);
  expect(paved("apply", "--env", "staging", "--service", "orders").code).toBe(0);
  expect(paved("plan", "--env", "staging", "--service", "orders", "--detailed-exitcode").code).toBe(0);
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
  const text = (file: string) => fs.readFileSync(workspace.file("cdktf.out", file), "utf8");
  const files = () =>
    fs
      .readdirSync(workspace.file("cdktf.out"), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(json|yaml)$/.test(file) && file !== "run.json");
  expect(paved("synth").code).toBe(0);
  const first = new Map(files().map((file) => [file, text(file)]));
  expect(paved("synth").code).toBe(0);
  expect(first.size).toBeGreaterThan(100);
  expect(new Map(files().map((file) => [file, text(file)]))).toEqual(first);
}, 60_000);

test("a secret in the caller's environment is in no JSON, manifest, state, store or log, and no plan is left", () => {
  const files = [...workspace.written()];
  const names = files.map(([file]) => file);
  for (const kind of [/cdk\.tf\.json$/, /gitops\/.*\.yaml$/, /\.tfstate$/, /journal\.jsonl$/]) {
    expect(names).toContainEqual(expect.stringMatching(kind));
  }
  expect(files.filter(([, bytes]) => bytes.includes(CANARY)).map(([file]) => file)).toEqual([]);
  expect(names.filter((file) => file.endsWith(".tfplan"))).toEqual([]);
  expect(workspace.said.length).toBeGreaterThan(1000);
  expect(workspace.said).not.toContain(CANARY);
});
