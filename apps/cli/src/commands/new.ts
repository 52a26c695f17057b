import path from "node:path";
import { ASKED, type Given, parseAnswers, type QuestionName, scaffoldNamed } from "@paved/scaffold";
import type { CommandContext, CommandRun } from "../command-spec";
import type { Asker } from "../new/asker";
import { interview, type Said } from "../new/interview";
import { carryOut, type Plan, planNew, sameAgain, usualDirectory } from "../new/plan";
import { proceed } from "../new/proposal";
import { reportOf, summaryOf } from "../new/summary";
import { unlessCancelled } from "../new/unless-cancelled";
import { askerFor, expectAgreement } from "../new/whom-to-ask";

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
  return unlessCancelled(context, async () => {
    expectAgreement(context, asker);
    const plan = await planned(context, asker, look);
    const { registration, repository } = plan;
    const { name } = plan.answers;
    return proceed(context, asker, {
      there: repository.there && registration.there,
      publish: () => carryOut(plan),
      title: "What is about to be made",
      summary: summaryOf(plan),
      question: "Make it?",
      sameAgain: sameAgain(plan),
      next: [`git switch ${registration.branch}`, `npx paved rehearse --env staging --service ${name}`],
      report: (otherwise) => reportOf(plan, otherwise),
      request: { kind: "request", subject: "service", name },
    });
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
