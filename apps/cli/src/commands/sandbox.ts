import { openSandbox, readStateFile, resetSandbox, takeRunLock } from "@paved/pipeline";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { findApplied } from "../explain/applied-object";
import { drawTable } from "../terminal/draw-table";

/** `paved sandbox reset` */
export const resetCommand: CommandRun = async ({ workspace, terminal, options }) => {
  const states = await resetSandbox(workspace);
  if (options["json"] === true) terminal.out(JSON.stringify({ states }, null, 2));
  else terminal.out(`the sandbox is empty; ${states} states removed`);
  return EXIT_CODES.ok.code;
};

/** `paved sandbox objects` */
export const objectsCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const stacks = chosenStacks(await fleetAtHand(context), options);
  const objects = stacks.flatMap(({ name, environment }) =>
    readStateFile(workspace.state(name)).managed.map(({ address, type, id }) => ({
      environment,
      stack: name,
      address,
      type,
      id,
    })),
  );
  if (options["json"] === true) terminal.out(JSON.stringify({ objects }, null, 2));
  else {
    terminal.out(`${objects.length} objects in ${new Set(objects.map(({ stack }) => stack)).size} stacks`);
    const rows = objects.map(({ stack, address, id }) => [stack, address, id]);
    terminal.out(drawTable(terminal, [{ head: "stack" }, { head: "address" }, { head: "id" }], rows));
  }
  return EXIT_CODES.ok.code;
};

/** `paved sandbox drift` */
export const driftCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const [subject, attribute, value] = context.arguments as readonly [string, string, string];
  const fleet = await fleetAtHand({ ...context, options: { ...options, synth: false } });
  const object = findApplied(workspace, chosenStacks(fleet, options), subject);
  const before = object.attributes[attribute];
  await drift(context, object, attribute, value);
  const { stack, address } = object;
  if (options["json"] === true) terminal.out(JSON.stringify({ stack, address, attribute, before, value }, null, 2));
  else terminal.out(`${stack}:${address} ${attribute} was ${JSON.stringify(before) ?? "unset"}, is ${value}`);
  return EXIT_CODES.ok.code;
};

async function drift(
  { workspace }: CommandContext,
  { type, id }: { readonly type: string; readonly id: string },
  attribute: string,
  value: string,
): Promise<void> {
  const lock = takeRunLock(workspace, "sandbox", "sandbox drift");
  try {
    const sandbox = await openSandbox(workspace);
    try {
      await sandbox.drift({ type, id }, attribute, value);
    } finally {
      await sandbox.close();
    }
  } finally {
    lock.release();
  }
}
