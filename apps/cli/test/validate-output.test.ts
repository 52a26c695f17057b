import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StackEntry } from "@paved/model";
import type { OptionValues } from "../src/command-spec";
import { validateOutputCommand } from "../src/commands/validate-output";
import { index } from "./sample-fleet";
import { emptyRoot, run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const artefact = path.join(workspace.root, "artefact");
const root = (stack: StackEntry) => ({
  ...emptyRoot(stack),
  resource: { aws_sqs_queue: { jobs: { name: "jobs" } } },
});

beforeEach(() => {
  const bare = { ...index, stacks: index.stacks.map((stack) => ({ ...stack, elements: {} })) };
  rmSync(workspace.output, { recursive: true, force: true });
  write(workspace, "cdktf.out/paved.json", JSON.stringify(bare));
  for (const stack of index.stacks) {
    write(workspace, `cdktf.out/${stack.directory}/cdk.tf.json`, JSON.stringify(root(stack)));
  }
  rmSync(artefact, { recursive: true, force: true });
  mkdirSync(artefact);
  cpSync(workspace.output, artefact, { recursive: true });
});
const validate = (options: OptionValues = {}) =>
  run(validateOutputCommand, workspace, { arguments: [artefact], options });

test("says how many stacks are no more than data, and changes nothing", async () => {
  expect(await validate()).toMatchObject({ code: 0, out: `${index.stacks.length} stacks: no more than data` });
});

test("with --use it is what later commands work with, and nothing else is there", async () => {
  write(workspace, "cdktf.out/left.txt", "of the last synth");
  const { out } = await validate({ use: true, json: true });
  expect(JSON.parse(out)).toEqual({ stacks: index.stacks.map(({ name }) => name), used: true });
  expect(existsSync(workspace.index)).toBe(true);
  expect(existsSync(path.join(workspace.output, "left.txt"))).toBe(false);
});

test("what is refused is not used", async () => {
  writeFileSync(path.join(artefact, "run.sh"), "");
  write(workspace, "cdktf.out/left.txt", "of the last synth");
  await expect(validate({ use: true })).rejects.toThrow(/PVD7002 artefact\/run\.sh/);
  expect(existsSync(path.join(workspace.output, "left.txt"))).toBe(true);
});

test("fails with PVD4003 for a directory that is not there", async () => {
  rmSync(artefact, { recursive: true });
  await expect(validate()).rejects.toThrow(/PVD4003 <directory>/);
  writeFileSync(artefact, "an archive that nobody unpacked");
  await expect(validate()).rejects.toThrow(/PVD4003 <directory>/);
});
