import { environmentsIn, remove } from "@paved/control-plane";
import { type FleetStack, openClusters, openSandbox, resetSandbox, takeRunLock } from "@paved/pipeline";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { type AppliedObject, appliedIn, findApplied } from "../explain/applied-object";
import { valuesAt } from "../explain/values-at";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";

/** `paved sandbox reset` */
export const resetCommand: CommandRun = async ({ workspace, terminal, options }) => {
  const emptied = await resetSandbox(workspace);
  const controlPlanes = environmentsIn(workspace);
  for (const environment of controlPlanes) await remove(workspace, environment, terminal.err);
  const server = emptied.server ? "; its S3 is stopped" : "";
  const removed = controlPlanes.length === 0 ? "" : `; removed the control planes of ${controlPlanes.join(", ")}`;
  if (options["json"] === true) terminal.out(JSON.stringify({ ...emptied, controlPlanes }, null, 2));
  else terminal.out(`the sandbox is empty; ${quantity(emptied.states, "state")} removed${server}${removed}`);
  return EXIT_CODES.ok.code;
};

/** `paved sandbox objects` */
export const objectsCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const stacks = chosenStacks(await fleetAtHand(context), options);
  const objects = stacks.flatMap(({ name, environment }) =>
    appliedIn(workspace, name).map(({ stack, address, type, id }) => ({ environment, stack, address, type, id })),
  );
  if (options["json"] === true) terminal.out(JSON.stringify({ objects }, null, 2));
  else {
    const holders = new Set(objects.map(({ stack }) => stack)).size;
    terminal.out(`${quantity(objects.length, "object")} in ${quantity(holders, "stack")}`);
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
  const stacks = chosenStacks(fleet, options);
  const object = findApplied(workspace, stacks, subject);
  const before = await drift(context, { object, stacks }, attribute, value);
  const { stack, address } = object;
  if (options["json"] === true) terminal.out(JSON.stringify({ stack, address, attribute, before, value }, null, 2));
  else terminal.out(`${stack}:${address} ${attribute} was ${JSON.stringify(before) ?? "unset"}, is ${value}`);
  return EXIT_CODES.ok.code;
};

/** @returns what the attribute was in the sandbox, which after another drift is not what the state says */
async function drift(
  { workspace, terminal }: CommandContext,
  { object, stacks }: { readonly object: AppliedObject; readonly stacks: readonly FleetStack[] },
  attribute: string,
  value: string,
): Promise<unknown> {
  const lock = takeRunLock(workspace, "sandbox", "sandbox drift");
  try {
    const clusters = await openClusters(workspace, stacks, terminal.err);
    const sandbox = await openSandbox(workspace, clusters);
    try {
      const before = sandbox.objects(object.stack).find(({ type, id }) => type === object.type && id === object.id);
      await sandbox.drift(object, attribute, value);
      return before && valuesAt(before.attributes, attribute);
    } finally {
      await sandbox.close();
      clusters.close();
    }
  } finally {
    lock.release();
  }
}
