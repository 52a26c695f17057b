import { runInSession } from "@paved/pipeline";
import { applyCommand, destroyCommand, planCommand, rehearseCommand } from "../src/commands/run-stacks";
import type { CommandRun, OptionValues } from "../src/command-spec";
import { deliveringNow } from "../src/delivery/sandbox-place";
import { withdrawFromSandbox } from "../src/delivery/withdraw-from-sandbox";
import { index, result } from "./sample-fleet";
import { emptyRoot, run, sampleWorkspace, write } from "./sample-workspace";

jest.mock("@paved/pipeline", () => ({
  ...jest.requireActual<object>("@paved/pipeline"),
  ensureEngine: async () => ({ binary: "tofu", version: "1.12.6", from: "built" }),
  runInSession: jest.fn(),
}));
jest.mock("../src/delivery/sandbox-place", () => ({ deliveringNow: jest.fn() }));
jest.mock("../src/delivery/withdraw-from-sandbox", () => ({ withdrawFromSandbox: jest.fn() }));

const workspace = sampleWorkspace();
const retiring = sampleWorkspace();
const keeping = sampleWorkspace();
const session = jest.mocked(runInSession);
const withdrawn = jest.mocked(withdrawFromSandbox);
const delivering = jest.mocked(deliveringNow);
const close = jest.fn();
/** Stacks that the run knows to be refused. */
let refused: readonly string[];

beforeEach(() => {
  refused = [];
  close.mockReset();
  withdrawn.mockReset();
  delivering.mockReset();
  delivering.mockImplementation(async (_workspace, environment) => {
    return { environment, client: { close } } as unknown as Awaited<ReturnType<typeof deliveringNow>>;
  });
  session.mockReset();
  session.mockImplementation(async ({ before, stacks, command }) => {
    await before?.(stacks.filter(({ name }) => refused.includes(name)));
    return { command, tofu: "1.12.6", seconds: 1, stacks: [result("dev-network")] };
  });
});

/** What left Git: services by environment, `all` without names. */
const left = (): object =>
  Object.fromEntries(withdrawn.mock.calls.map(([{ environment }, { services }]) => [environment, services ?? "all"]));

/** What leaves Git before a command touches anything. */
async function leaving(command: CommandRun, options: OptionValues): Promise<object> {
  await run(command, workspace, { options: { yes: true, ...options } });
  expect(close).toHaveBeenCalledTimes(withdrawn.mock.calls.length);
  return left();
}

test("what paved destroy destroys leaves Git before: all of an environment with its platform, or what was chosen", async () => {
  expect(await leaving(destroyCommand, { env: ["dev"] })).toEqual({ dev: "all" });
  withdrawn.mockClear();
  close.mockClear();
  expect(await leaving(destroyCommand, { env: ["dev"], service: ["orders"] })).toEqual({ dev: ["orders"] });
});

test.each([
  ["plan", planCommand],
  ["apply", applyCommand],
  ["rehearse", rehearseCommand],
])("nothing leaves Git before paved %s of services that run", async (_, command) => {
  expect(await leaving(command, {})).toEqual({});
});

test.each([
  ["apply", applyCommand, { dev: ["orders"] }],
  ["rehearse", rehearseCommand, { dev: ["orders"] }],
  ["plan", planCommand, {}],
])("a service that is retired leaves Git before paved %s where that destroys it", async (_, command, expected) => {
  const stacks = index.stacks.map((stack) => (stack.name === "dev-orders" ? { ...stack, release: undefined } : stack));
  write(retiring, "cdktf.out/paved.json", JSON.stringify({ ...index, stacks }));
  await run(command, retiring, { options: {} });
  expect(left()).toEqual(expected);
});

test("what OpenTofu would refuse to destroy is delivered as before, and so is what it stands on", async () => {
  const orders = index.stacks.find(({ name }) => name === "dev-orders")!;
  const of = (service: string) => ({ ...orders, name: `dev-${service}`, service, directory: `stacks/dev-${service}` });
  const stacks = [of("catalog"), of("pricing"), { ...orders, dependsOn: [...orders.dependsOn, "dev-pricing"] }];
  const others = index.stacks.filter((stack) => stack !== orders);
  write(keeping, "cdktf.out/paved.json", JSON.stringify({ ...index, stacks: [...others, ...stacks] }));
  const resource = { aws_s3_bucket: { files: { lifecycle: { prevent_destroy: true } } } };
  for (const { name, directory } of stacks) {
    const json = { ...emptyRoot({ ...orders, name }), ...(name === orders.name && { resource }) };
    write(keeping, `cdktf.out/${directory}/cdk.tf.json`, JSON.stringify(json));
  }
  await run(destroyCommand, keeping, { options: { yes: true, env: ["dev"] } });
  expect(left()).toEqual({ dev: ["catalog"] });
});

test("what is known to be refused is delivered as before, since others stand on it", async () => {
  refused = ["dev-orders"];
  expect(await leaving(destroyCommand, { env: ["dev"] })).toEqual({});
});

test("each of several environments is asked what delivers to it, and left alone where nothing does", async () => {
  const place = delivering.getMockImplementation()!;
  delivering.mockImplementation(async (...asked) => (asked[1] === "dev" ? undefined : place(...asked)));
  expect(await leaving(destroyCommand, {})).toEqual({ production: "all" });
  expect(delivering.mock.calls.map(([, environment]) => environment)).toEqual(["dev", "production"]);
});

test("in the cloud nothing leaves Git by itself, which is said before anybody is asked", async () => {
  await expect(run(destroyCommand, workspace, { options: { live: true } })).rejects.toThrow(/^PVD4003 confirmation/);
  const { err } = await run(destroyCommand, workspace, { options: { live: true, env: ["dev"], yes: true } });
  expect(err).toContain("what is delivered leaves Git first, or Argo CD never lets go of it: paved withdraw");
  expect(delivering).not.toHaveBeenCalled();
});

test("what keeps something from leaving ends the command, and nothing of it is shown as done", async () => {
  withdrawn.mockRejectedValue(new Error("PVD2108"));
  await expect(run(destroyCommand, workspace, { options: { yes: true, env: ["dev"] } })).rejects.toThrow("PVD2108");
  expect(close).toHaveBeenCalledTimes(1);
});
