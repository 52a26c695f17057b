import { runInSession } from "@paved/pipeline";
import { applyCommand, destroyCommand, planCommand, rehearseCommand } from "../src/commands/run-stacks";
import type { CommandRun, OptionValues } from "../src/command-spec";
import { withdrawFromSandbox } from "../src/delivery/withdraw-from-sandbox";
import { index, result } from "./sample-fleet";
import { emptyRoot, run, sampleWorkspace, write } from "./sample-workspace";

jest.mock("@paved/pipeline", () => ({
  ...jest.requireActual<object>("@paved/pipeline"),
  ensureEngine: async () => ({ binary: "tofu", version: "1.12.6", from: "built" }),
  runInSession: jest.fn(),
}));
jest.mock("../src/delivery/withdraw-from-sandbox", () => ({ withdrawFromSandbox: jest.fn() }));

const workspace = sampleWorkspace();
const retiring = sampleWorkspace();
const keeping = sampleWorkspace();
const session = jest.mocked(runInSession);
const withdrawn = jest.mocked(withdrawFromSandbox);
beforeEach(() => {
  withdrawn.mockReset();
  session.mockReset();
  session.mockResolvedValue({ command: "destroy", tofu: "1.12.6", seconds: 1, stacks: [result("dev-network")] });
});

/** What leaves Git before a command runs: services by environment, `undefined` for all. */
async function leaving(command: CommandRun, options: OptionValues): Promise<object> {
  await run(command, workspace, { options: { yes: true, ...options } });
  return Object.fromEntries(
    withdrawn.mock.calls.map(([{ environment, services }]) => [environment, services ?? "all"]),
  );
}

test("what paved destroy destroys leaves Git before: all of an environment with its platform, or what was chosen", async () => {
  expect(await leaving(destroyCommand, { env: ["dev"] })).toEqual({ dev: "all" });
  withdrawn.mockClear();
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
  expect(
    Object.fromEntries(withdrawn.mock.calls.map(([{ environment, services }]) => [environment, services])),
  ).toEqual(expected);
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
  expect(withdrawn.mock.calls.map(([{ services }]) => services)).toEqual([["catalog"]]);
});

test("in the cloud nothing leaves Git by itself: that is said there, and waited for", async () => {
  expect(await leaving(destroyCommand, { live: true, env: ["dev"] })).toEqual({});
});

test("nothing is destroyed while what left Git is still delivered", async () => {
  withdrawn.mockRejectedValue(new Error("PVD2108"));
  await expect(leaving(destroyCommand, { env: ["dev"] })).rejects.toThrow("PVD2108");
  expect(session).not.toHaveBeenCalled();
});
