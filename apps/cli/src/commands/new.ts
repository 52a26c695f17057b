import path from "node:path";
import { ASKED, type Given, parseAnswers, type QuestionName, scaffoldNamed } from "@paved/scaffold";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { type Asker, Cancelled } from "../new/asker";
import { interview, type Said } from "../new/interview";
import { carryOut, type Plan, planNew, usualDirectory } from "../new/plan";
import { nextSteps, reportOf, summaryOf } from "../new/summary";
import { unlessCancelled } from "../new/unless-cancelled";
import { askerFor, unasked } from "../new/whom-to-ask";

/** `paved new` */
export const newCommand: CommandRun = async (context) => newService(context, await askerFor(context));

/**
 * As {@link newCommand}, with whoever answers.
 * @param asker nobody when there is nobody to ask
 * @param look finds out what would be written
 */
export async function newService(
  context: CommandContext,
  asker: Asker | undefined,
  look: typeof planNew = planNew,
): Promise<number> {
  const { terminal, options } = context;
  return unlessCancelled(context, async () => {
    const dry = options["dryRun"] === true;
    if (asker === undefined && !dry && options["yes"] !== true) throw unasked();
    const plan = await planned(context, asker, look);
    const idle = plan.repository.there && plan.registration.there;
    if (asker !== undefined) asker.show("What is about to be made", summaryOf(plan));
    if (asker !== undefined && !dry && !idle && !(await asker.agree("Make it?"))) throw new Cancelled();
    if (!dry && !idle) context.happened?.({ kind: "request", subject: "service", name: plan.answers.name });
    if (!dry) carryOut(plan);
    if (options["json"] === true) terminal.out(JSON.stringify(reportOf(plan, { dry }), null, 2));
    else {
      if (asker === undefined) terminal.out(summaryOf(plan));
      terminal.out(nextSteps(plan, { dry }));
    }
    return EXIT_CODES.ok.code;
  });
}

async function planned(context: CommandContext, asker: Asker | undefined, look: typeof planNew): Promise<Plan> {
  const { workspace, terminal, options } = context;
  const said = saidIn(options);
  const { goldenPath, given } = asker === undefined ? said : await interview(asker, said);
  const scaffold = scaffoldNamed(goldenPath);
  const answers = parseAnswers(scaffold, given);
  const into = typeof options["into"] === "string" ? options["into"] : undefined;
  const directory = into === undefined ? usualDirectory(workspace, answers.name) : path.resolve(into);
  return look(workspace, { scaffold, answers, directory, into }, (line) => {
    if (options["json"] !== true) terminal.err(line);
  });
}

function saidIn(options: CommandContext["options"]): Said {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === "string" ? value : undefined;
  };
  const names = Object.keys(ASKED) as QuestionName[];
  const given: Given = Object.fromEntries(names.map((name) => [name, text(name)]));
  return { goldenPath: text("goldenPath"), given };
}
