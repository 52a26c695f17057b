import { Findings, PavedError } from "@paved/model";
import type { CommandContext, CommandRun } from "../command-spec";
import { chosenOf, comparisonOf } from "../commands/affected";
import { bundleAsked } from "../commands/bundle";
import { checkCommand } from "../commands/check";
import { dayOf } from "../commands/deviations";
import { chosenStacks, fleetAtHand } from "../commands/fleet-at-hand";
import { outputFile } from "../commands/output-file";
import { placeOf } from "../commands/place";
import { parseConcurrency } from "../commands/run-with-engine";

/** Looks at what a pipeline is asked for before its first stage begins. @throws PavedError with all that is wrong */
export type Asked = (context: CommandContext) => void;

/** What `paved pipeline pull-request` takes: only a plan is anywhere, so `--state` is of one. */
export const pullRequestAsked: Asked = ({ options }) => {
  const wrong = new Findings();
  wrong.collect(() => bundleAsked(options, ["state"]));
  wrong.collect(() => dayOf(options));
  wrong.collect(() => outputFile(options, "comment"));
  wrong.throwIfAny();
};

/** What `paved pipeline apply` takes: of a bundle the stacks that are in it, of none no day that it is judged by. */
export const applyAsked: Asked = (context) => {
  const { options } = context;
  const wrong = new Findings();
  const bundle = wrong.collect(() => bundleAsked(options, ["today"], ["env", "service"]));
  wrong.collect(() => bundle?.read());
  wrong.collect(() => parseConcurrency(options));
  wrong.collect(() => dayOf(options));
  wrong.collect(() => placeOf(context));
  wrong.throwIfAny();
};

/** `paved check` of stacks that are there: a name that nothing has would let every stage after it pass over nothing. */
export const checkOfChoice: CommandRun = async (context) => {
  await checkChoice(context);
  return checkCommand(context);
};

/** What is to be planned is in the fleet; what a change takes away was in it, and what it does can be asked for too. */
async function checkChoice(context: CommandContext): Promise<void> {
  try {
    chosenStacks(await fleetAtHand(context), context.options);
  } catch (error) {
    if (!(error instanceof PavedError) || context.options["bundle"] !== undefined) throw error;
    const { before, after } = await comparisonOf(context);
    const stacks = [...before.index.stacks, ...after.index.stacks];
    if (chosenOf({ before, after }, stacks, context).length === 0) throw error;
  }
}
