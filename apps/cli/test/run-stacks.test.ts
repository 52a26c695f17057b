import { PavedError } from "@paved/model";
import { type RunResult, runInSession } from "@paved/pipeline";
import { applyCommand, destroyCommand, planCommand, rehearseCommand } from "../src/commands/run-stacks";
import type { OptionValues } from "../src/command-spec";
import { EXIT_CODES } from "../src/exit-codes";
import { result } from "./sample-fleet";
import { type Ended, run, sampleWorkspace } from "./sample-workspace";

jest.mock("@paved/pipeline", () => ({
  ...jest.requireActual<object>("@paved/pipeline"),
  ensureEngine: async () => ({ binary: "tofu", version: "1.12.6", from: "built" }),
  runInSession: jest.fn(),
}));

type Session = Parameters<typeof runInSession>[0];

const workspace = sampleWorkspace();
const session = jest.mocked(runInSession);
beforeEach(() => session.mockReset());

/** A run in which every stack comes out as told, with what the listener hears on the way. */
function comesOut(...stacks: RunResult["stacks"]): void {
  session.mockImplementation(async ({ command, listener, stacks: wanted }: Session) => {
    for (const [place, stack] of wanted.entries()) {
      listener?.stage(stack, "plan");
      if (stacks[place] !== undefined) listener?.finished(stack, stacks[place]);
    }
    return { command, tofu: "1.12.6", seconds: 2.5, stacks };
  });
}

const plan = (options: OptionValues): Promise<Ended> => run(planCommand, workspace, { options });
const asked = (): Session => session.mock.calls[0]![0];
const names = (): string[] => asked().stacks.map(({ name }) => name);

const finding = { code: "PVD2003", where: "dev-network", got: "an error", want: "none", fix: "mend it" } as const;
const failed = result("dev-network", { status: "failed", secondPlan: undefined, findings: [finding] });

test.each([
  [{ detailedExitcode: true }, "planned", EXIT_CODES.changes.code],
  [{ detailedExitcode: true }, "waits", EXIT_CODES.changes.code],
  [{ detailedExitcode: true }, "unchanged", EXIT_CODES.ok.code],
  [{}, "planned", EXIT_CODES.ok.code],
  [{ detailedExitcode: true }, "failed", EXIT_CODES.failed.code],
  [{ detailedExitcode: true }, "interrupted", EXIT_CODES.interrupted.code],
] as const)("a plan with %j of a stack that is %s ends with %i", async (options, status, code) => {
  comesOut(result("dev-network", { status }), result("dev-cluster", { status: "unchanged" }));
  expect((await plan(options)).code).toBe(code);
});

test("an apply of a stack that waits is no success, as its plan would be", async () => {
  comesOut(result("dev-network", { status: "waits" }));
  expect((await run(applyCommand, workspace)).code).toBe(EXIT_CODES.failed.code);
});

test("results go to standard output, progress and errors to standard error", async () => {
  comesOut(failed, result("dev-cluster", { status: "skipped", waitsFor: ["dev-network"], secondPlan: undefined }));
  const { out, err } = await run(rehearseCommand, workspace, { options: { env: ["dev"], service: ["orders"] } });
  expect({ out, err }).toMatchInlineSnapshot(`
   {
     "err": "dev-network: plan
   dev-network: failed (+3 ~0 -0, 1.3 s)
   dev-cluster: plan
   dev-orders: plan
   PVD2003 dev-network: got an error, want none; mend it",
     "out": "2 stacks: 1 failed, 1 skipped; 6 resources; 0 second plans are empty; 2.5 s with OpenTofu 1.12.6
   +-------------+-------------+---------+-----------+-----+--------+---------+-------------+---------+
   | environment | stack       | status  | resources | add | change | destroy | second plan | seconds |
   | dev         | dev-network | failed  |         3 |   3 |      0 |       0 |           - |     1.3 |
   | dev         | dev-cluster | skipped |         3 |   3 |      0 |       0 |           - |     1.3 |
   +-------------+-------------+---------+-----------+-----+--------+---------+-------------+---------+
   skipped: 1 stack, waiting for dev-network",
   }
  `);
});

test("as JSON the whole result is one document, and what goes on is still said on standard error", async () => {
  comesOut(failed);
  const { code, out, err } = await plan({ env: ["dev"], json: true });
  expect(code).toBe(EXIT_CODES.failed.code);
  expect(JSON.parse(out)).toEqual({
    command: "plan",
    ok: false,
    tofu: "1.12.6",
    seconds: 2.5,
    stacks: [JSON.parse(JSON.stringify(failed))],
  });
  expect(err.split("\n")).toEqual([
    "dev-network: plan",
    "dev-network: failed (+3 ~0 -0, 1.3 s)",
    "dev-cluster: plan",
    "dev-orders: plan",
  ]);
});

test("a plan is of the chosen stacks; a rehearsal takes what they stand on with it", async () => {
  comesOut();
  await plan({ env: ["dev"], service: ["orders"] });
  expect(names()).toEqual(["dev-orders"]);
  session.mockClear();
  await run(rehearseCommand, workspace, { options: { env: ["dev"], service: ["orders"] } });
  expect(names()).toEqual(["dev-network", "dev-cluster", "dev-orders"]);
});

test("only --live leaves the sandbox", async () => {
  comesOut();
  await plan({ concurrency: "7" });
  expect(asked()).toMatchObject({ mode: "sandbox", concurrency: 7, command: "plan" });
  session.mockClear();
  await plan({ live: true });
  expect(asked()).toMatchObject({ mode: "live", concurrency: 2 });
});

test.each(["0", "65", "1.5", "many", ""])(
  "fails with PVD4003 on --concurrency %p, and with every wrong name at once",
  async (concurrency) => {
    const error = await plan({ concurrency, env: ["stagin"], service: ["order"] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PavedError);
    expect((error as PavedError).findings.map(({ code, where }) => `${code} ${where}`)).toEqual([
      "PVD4003 --concurrency",
      "PVD1001 --env",
      "PVD4001 --service",
    ]);
    expect(session).not.toHaveBeenCalled();
  },
);

test.each([
  ["destroy", destroyCommand, {}],
  ["apply --live", applyCommand, { live: true }],
])("fails with PVD4003 when nobody agrees to %s, and with --yes nobody is asked", async (_line, command, options) => {
  comesOut(result("dev-network"));
  await expect(run(command, workspace, { options })).rejects.toThrow(/^PVD4003 confirmation: .*add --yes$/);
  expect(session).not.toHaveBeenCalled();
  expect((await run(command, workspace, { options: { ...options, yes: true } })).code).toBe(EXIT_CODES.ok.code);
  expect(session).toHaveBeenCalledTimes(1);
});

test("an apply to the sandbox asks nobody", async () => {
  comesOut(result("dev-network"));
  expect((await run(applyCommand, workspace)).code).toBe(EXIT_CODES.ok.code);
});

test.each([
  ["apply", applyCommand],
  ["destroy", destroyCommand],
])("consents to losses are judged by today in %s, or by the day that --today names", async (_name, command) => {
  comesOut(result("dev-network"));
  await run(command, workspace, { options: { yes: true } });
  expect(asked().today).toBe(new Date().toISOString().slice(0, 10));
  session.mockClear();
  await run(command, workspace, { options: { yes: true, today: "2027-01-31" } });
  expect(asked().today).toBe("2027-01-31");
  const wrong = run(command, workspace, { options: { yes: true, today: "soon" } });
  await expect(wrong).rejects.toThrow(/^PVD4003 --today/);
});
