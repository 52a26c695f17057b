import type { CommandRun } from "../src/command-spec";
import { runStages } from "../src/pipeline/run-stages";
import { APPLY_STAGES, type PipelineStage, PULL_REQUEST_STAGES } from "../src/pipeline/stages";
import { COMMANDS } from "../src/command-table";
import { pipelineApplyCommand, pullRequestCommand } from "../src/commands/pipeline";
import { applyAsked, checkOfChoice, pullRequestAsked } from "../src/pipeline/asked";
import { PavedError } from "@paved/model";
import { kept } from "./sample-fleet";
import { run, sampleWorkspace } from "./sample-workspace";

const workspace = sampleWorkspace();
const stage = (name: string, work: CommandRun): PipelineStage => ({ name, run: work, options: () => ({}) });
const passes = stage("passes", async ({ terminal, options }) => {
  terminal.out(options["json"] === true ? '{"stacks":2}' : "2 stacks");
  return 0;
});
const drifts = stage("drifts", async () => 3);
const refuses = stage("refuses", async () => {
  throw new PavedError({ code: "PVD2013", where: "dev-orders", got: "a", want: "b", fix: "c" });
});

async function stages(all: readonly PipelineStage[], json = false) {
  const { terminal, out, err } = kept();
  const ends = await runStages(all, { workspace, terminal, arguments: [], options: { json } });
  return { ends, out: out.join("\n"), err: err.join("\n") };
}

test("each stage says what it is, and the next runs when it has passed", async () => {
  const { ends, out } = await stages([passes, passes]);
  expect(ends.map(({ status }) => status)).toEqual(["passed", "passed"]);
  expect(out).toBe("== passes\n2 stacks\n== passes\n2 stacks");
});

test("after a stage that ends with another code nothing runs", async () => {
  const { ends } = await stages([passes, drifts, passes]);
  expect(ends.map(({ status, code }) => [status, code])).toEqual([
    ["passed", 0],
    ["failed", 3],
    ["not run", 0],
  ]);
});

test("a stage that is refused has failed, and says why", async () => {
  const { ends, err } = await stages([refuses, passes]);
  expect(ends.map(({ status, code }) => [status, code])).toEqual([
    ["failed", 1],
    ["not run", 0],
  ]);
  expect(err).toContain("PVD2013 dev-orders");
});

test("as JSON every stage's document is in one, errors too", async () => {
  const { ends, out } = await stages([passes, refuses], true);
  expect(out).toBe("");
  expect(ends.map(({ result }) => result)).toEqual([
    { stacks: 2 },
    expect.objectContaining({ errors: [expect.objectContaining({ code: "PVD2013" })] }),
  ]);
});

test("a fault of Paved itself is not taken for a stage that failed", async () => {
  const broken = stage("broken", () => Promise.reject(new TypeError("no such thing")));
  await expect(stages([broken])).rejects.toThrow(TypeError);
});

test("the stages are these, and all but the first work with what it wrote", () => {
  expect(PULL_REQUEST_STAGES.map(({ name }) => name)).toEqual(["synth", "check", "affected", "impact", "plan"]);
  expect(APPLY_STAGES.map(({ name }) => name)).toEqual(["apply", "drift"]);
  expect(PULL_REQUEST_STAGES[1]!.options({ base: "v1" })).toEqual({ base: "v1", today: undefined, synth: false });
});

test("the plan is a stage where a bundle is asked for, and an apply of one is of nothing else", () => {
  const given = { base: "v1", env: ["dev"], bundle: "b", state: "s3" };
  const plan = PULL_REQUEST_STAGES.at(-1)!;
  expect([plan.when?.(given), plan.when?.({ base: "v1" })]).toEqual([true, false]);
  expect(plan.options(given)).toMatchObject({ ...given, synth: false });
  expect(APPLY_STAGES[0]!.options(given)).toEqual(expect.objectContaining({ bundle: "b", state: "s3" }));
  expect(APPLY_STAGES[0]!.options(given)).not.toHaveProperty("env");
});

test("an apply of the pipeline judges by the day that it is told of, with a bundle and without", () => {
  const today = "2027-01-31";
  expect(APPLY_STAGES[0]!.options({ today, env: ["dev"] })).toMatchObject({ today, env: ["dev"] });
  expect(APPLY_STAGES[0]!.options({ today, bundle: "b" })).toMatchObject({ today, bundle: "b" });
});

test("a stage that is not of the run leaves nothing behind", async () => {
  const { ends } = await stages([passes, { ...refuses, when: () => false }]);
  expect(ends.map(({ name }) => name)).toEqual(["passes"]);
});

test("the impact is written for a comment when that is asked for", () => {
  const impact = PULL_REQUEST_STAGES[3]!;
  expect(impact.options({ base: "v1", env: ["dev"] })).toEqual({ base: "v1", env: ["dev"] });
  expect(impact.options({ base: "v1", comment: "impact.md" })).toMatchObject({
    format: "markdown",
    output: "impact.md",
  });
});

test("where synth fails the command fails with its code, and says which stages did not run", async () => {
  const { code, out, err } = await run(pullRequestCommand, workspace, { options: { base: "HEAD" } });
  expect(code).toBe(1);
  expect(err).toContain("PVD2008");
  expect(out.replaceAll(/ +/g, " ")).toMatch(/synth \| failed \| \d+\.\d.*\n.*check \| not run \| -/);
});

const GIVEN: Readonly<Record<string, string | boolean | readonly string[]>> = {
  env: ["dev"],
  service: ["orders"],
  concurrency: "3",
  live: true,
  yes: true,
  state: "s3",
  today: "2026-01-02",
  base: "v1",
  comment: "impact.md",
  summary: true,
};

/** Options of a command, with and without a bundle: JSON is printed by the command itself. */
const optionsOf = (command: string) =>
  COMMANDS.find(({ name }) => name === command)!
    .options.map(({ flags }) => /--([\w-]+)/.exec(flags)![1]!)
    .filter((name) => !["json", "bundle"].includes(name))
    .flatMap((name) => [undefined, "b"].map((bundle) => ({ name, bundle })));

test.each([
  ["pipeline pull-request", PULL_REQUEST_STAGES, pullRequestAsked],
  ["pipeline apply", APPLY_STAGES, applyAsked],
] as const)("%s ignores no option: each is taken by a stage, or refused", (command, all, asked) => {
  for (const { name, bundle } of optionsOf(command)) {
    const options = { bundle, [name]: GIVEN[name] };
    expect({ name, given: GIVEN[name] }).toEqual({ name, given: expect.anything() });
    const taken = all
      .filter(({ when }) => when?.(options) ?? true)
      .some((each) => JSON.stringify(each.options(options)).includes(JSON.stringify(GIVEN[name])));
    const { terminal } = kept();
    const refused = (): void => asked({ workspace, terminal, arguments: [], options });
    if (!taken) expect(refused).toThrow(new RegExp(`PVD4003 --${name}: `));
  }
});

test("the choice is that of every stage that looks at stacks, and the concurrency too", () => {
  const choice = { env: ["dev"], service: ["orders"] };
  for (const name of ["check", "affected", "impact", "plan"]) {
    expect(PULL_REQUEST_STAGES.find((each) => each.name === name)!.options(choice)).toMatchObject(choice);
  }
  const given = { ...choice, concurrency: "3" };
  for (const each of APPLY_STAGES) expect(each.options(given)).toMatchObject(given);
  const drift = APPLY_STAGES[1]!.options({ bundle: "b", live: true });
  expect(drift).toMatchObject({ bundle: "b", live: true });
  expect(drift).not.toHaveProperty("env");
});

test.each([
  ["pull-request", pullRequestCommand, { state: "s3", today: "soon" }, ["--state", "--today"]],
  ["apply", pipelineApplyCommand, { today: "2026-01-02", concurrency: "0" }, ["--today", "--concurrency"]],
  ["apply", pipelineApplyCommand, { bundle: "none", env: ["dev"], service: ["a"] }, ["--env", "--service"]],
  ["apply", pipelineApplyCommand, { live: true, state: "s3" }, ["--state"]],
] as const)(
  "%s refuses what goes not together before any stage, all at once",
  async (_name, command, options, wrong) => {
    const error = await run(command, workspace, { options }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(PavedError);
    expect((error as PavedError).findings.map(({ code, where }) => `${code} ${where}`)).toEqual(
      wrong.map((where) => `PVD4003 ${where}`),
    );
  },
);

test("a bundle that is not there is refused before any stage", async () => {
  const ended = run(pipelineApplyCommand, workspace, { options: { bundle: "none" } });
  await expect(ended).rejects.toThrow(/^PVD5002 none\/bundle\.json/);
});

test.each([
  ["an environment", { env: ["nosuch"], bundle: "b" }, /PVD1001 .*nosuch/],
  ["a service", { service: ["nosuch"], bundle: "b" }, /PVD4001 .*nosuch/],
])("%s that there is not fails before anything is judged", async (_what, options, wanted) => {
  await expect(run(checkOfChoice, workspace, { options })).rejects.toThrow(wanted);
});
