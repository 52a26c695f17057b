import { type Fleet, readFleet, select, type Selection, synth } from "@paved/pipeline";
import type { CommandContext, OptionValues } from "../command-spec";

/** The fleet as the sources say now; with `--no-synth` as the last synth left it. */
export async function fleetAtHand({ workspace, options, terminal }: CommandContext): Promise<Fleet> {
  if (options["synth"] !== false) {
    if (terminal.live) terminal.err("synthesizing");
    await synth(workspace);
  }
  return readFleet(workspace);
}

/** What `--env` and `--service` say. */
export function selectionOf(options: OptionValues): Selection {
  return { environments: names(options["env"]), services: names(options["service"]) };
}

/** The stacks that `--env` and `--service` choose, in dependency order. */
export function chosenStacks(fleet: Fleet, options: OptionValues): Fleet["stacks"] {
  return select(fleet.index, fleet.stacks, selectionOf(options));
}

function names(value: OptionValues[string]): readonly string[] | undefined {
  return Array.isArray(value) ? (value as readonly string[]) : undefined;
}
