import { existsSync } from "node:fs";
import { type Finding, type FleetIndex, PavedError } from "@paved/model";
import { type Fleet, readFleet, readIndex, select, type Selection, synthFleet } from "@paved/pipeline";
import type { CommandContext, OptionValues } from "../command-spec";

/** The fleet as the sources say now; with `--no-synth` as the last synth left it. */
export async function fleetAtHand({ workspace, options, terminal }: CommandContext): Promise<Fleet> {
  if (options["synth"] !== false) {
    if (terminal.live) terminal.err("synthesizing");
    return synthFleet(workspace);
  }
  return readFleet(workspace);
}

/** What the last synth wrote, which is quick; the first time, what synth says. */
export async function indexAtHand({ workspace, terminal }: CommandContext): Promise<FleetIndex> {
  if (existsSync(workspace.index)) return readIndex(workspace);
  terminal.err("synthesizing");
  return (await synthFleet(workspace)).index;
}

/** What `--env` and `--service` say. */
export function selectionOf(options: OptionValues): Selection {
  return { environments: names(options["env"]), services: names(options["service"]) };
}

/**
 * The stacks that `--env` and `--service` choose, in dependency order.
 * @throws PavedError PVD1001 or PVD4001 for names that the fleet does not have, or not together
 */
export function chosenStacks(fleet: Fleet, options: OptionValues): Fleet["stacks"] {
  const selection = selectionOf(options);
  const stacks = select(fleet.index, fleet.stacks, selection);
  checkTogether(fleet, selection, stacks);
  return stacks;
}

/** Names that are right, but not together, would choose nothing: to do nothing would look like success. */
function checkTogether({ stacks }: Fleet, selection: Selection, chosen: Fleet["stacks"]): void {
  const { environments, services = [] } = selection;
  if (environments === undefined) return;
  const findings = services
    .filter((name) => !chosen.some(({ service }) => service === name))
    .map((got): Finding => {
      const found = stacks.filter(({ service }) => service === got).map(({ environment }) => environment);
      const want = `a service in ${environments.join(", ")}`;
      return { code: "PVD4001", where: "--service", got, want, fix: `choose from ${[...new Set(found)].join(", ")}` };
    });
  if (findings.length > 0) throw new PavedError(findings);
}

function names(value: OptionValues[string]): readonly string[] | undefined {
  return Array.isArray(value) ? (value as readonly string[]) : undefined;
}
