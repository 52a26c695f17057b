import { PavedError } from "@paved/model";
import { livingFindings, modeInWords, removedEnvironments, whatLives } from "@paved/pipeline";
import type { CommandContext, CommandRun, OptionValues } from "../command-spec";
import { changeInWords, proposing } from "../environments/change";
import { planRemoval, removable } from "../environments/plan-removal";
import { EXIT_CODES } from "../exit-codes";
import type { Asker } from "../new/asker";
import { proceed } from "../new/proposal";
import { unlessCancelled } from "../new/unless-cancelled";
import { askerFor, expectAgreement } from "../new/whom-to-ask";
import { fleetAtHand } from "./fleet-at-hand";
import { placeOf } from "./place";
import { withQuietEngine } from "./run-with-engine";

/** `paved remove-environment` */
export const removeEnvironmentCommand: CommandRun = async (context) =>
  removeEnvironment(context, await askerFor(context));

async function removeEnvironment(context: CommandContext, asker: Asker | undefined): Promise<number> {
  const { options, terminal } = context;
  const name = context.arguments[0]!;
  return unlessCancelled(context, async () => {
    expectAgreement(context, asker);
    const { mode, workspace } = placeOf(context);
    const fleet = await fleetAtHand(context);
    const isKnown = fleet.index.environments.some((each) => each.name === name);
    if (!isKnown && removedEnvironments(workspace).has(name)) {
      terminal.err(`${name} is removed already`);
      return EXIT_CODES.ok.code;
    }
    const environment = removable(workspace, fleet.index, name);
    const stacks = fleet.stacks.filter((stack) => stack.environment === name);
    const living = await withQuietEngine(context, workspace, (shared) =>
      whatLives({ ...shared, workspace, mode, environment: name, stacks, progress: terminal.err }),
    );
    const place = placeFlags(options);
    const findings = livingFindings(living, { environment: name, destroy: `paved destroy --env ${name}${place}` });
    if (findings.length > 0) throw new PavedError(findings);
    const change = await planRemoval(context.workspace, environment, mode, (line) => {
      if (options["json"] !== true) terminal.err(line);
    });
    const looked = stacks.map((stack) => stack.name);
    return proceed(context, asker, {
      ...proposing(change, { environment: name, account: environment.account, place: mode, looked }),
      title: "What is about to be removed",
      summary: [
        `${name}, account ${environment.account}: nothing lives in it in ${modeInWords(mode)}`,
        ...(mode === "live" ? [] : ["whether anything does in the cloud, --live says"]),
        changeInWords(change),
      ].join("\n"),
      question: "Remove it?",
      sameAgain: `paved remove-environment ${name}${place}`,
      next: [`git switch ${change.branch}`, "npx paved check"],
    });
  });
}

/** The options that say where, for a command line to copy. */
function placeFlags(options: OptionValues): string {
  if (options["live"] === true) return " --live";
  return typeof options["state"] === "string" ? ` --state ${options["state"]}` : "";
}
