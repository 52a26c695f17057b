import type { CommandContext, CommandRun } from "../command-spec";
import { type AnsweredEnvironment, parseAnswers, type Said } from "../environments/answers";
import { changeInWords, proposing } from "../environments/change";
import { interview } from "../environments/interview";
import { planNewEnvironment, questionsAnswered, sameEnvironmentAgain } from "../environments/plan-new";
import { ENVIRONMENT_QUESTIONS, type EnvironmentQuestion } from "../environments/questions";
import type { Asker } from "../new/asker";
import { proceed } from "../new/proposal";
import { unlessCancelled } from "../new/unless-cancelled";
import { askerFor, expectAgreement } from "../new/whom-to-ask";
import { dayOf } from "./deviations";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved new-environment` */
export const newEnvironmentCommand: CommandRun = async (context) => newEnvironment(context, await askerFor(context));

/**
 * As {@link newEnvironmentCommand}, with whoever answers.
 * @param asker nobody when there is nobody to ask
 * @param look finds out what would be written
 */
export function newEnvironment(
  context: CommandContext,
  asker: Asker | undefined,
  look: typeof planNewEnvironment = planNewEnvironment,
): Promise<number> {
  const { workspace, terminal, options } = context;
  return unlessCancelled(context, async () => {
    expectAgreement(context, asker);
    const today = dayOf(options);
    const { environments } = (await fleetAtHand(context)).index;
    const said = asker === undefined ? saidIn(context) : await interview(asker, saidIn(context), environments);
    const answers = parseAnswers(said, environments, today);
    const change = await look(workspace, answers, (line) => {
      if (options["json"] !== true) terminal.err(line);
    });
    const { name } = answers;
    return proceed(context, asker, {
      ...proposing(change, reportOf(answers)),
      title: "What is about to be made",
      summary: [...summaryOf(answers), "", changeInWords(change)].join("\n"),
      question: "Make it?",
      sameAgain: sameEnvironmentAgain(answers),
      next: [`git switch ${change.branch}`, `npx paved rehearse --env ${name}`],
      request: { kind: "request", subject: "environment", name },
    });
  });
}

function saidIn({ arguments: [name], options }: CommandContext): Said {
  const questions = Object.keys(ENVIRONMENT_QUESTIONS) as EnvironmentQuestion[];
  const flags = questions.flatMap((question) => {
    const value = options[question];
    return typeof value === "string" ? [[question, value] as const] : [];
  });
  return { given: Object.fromEntries([["name", name], ...flags]), isEphemeral: options["ephemeral"] === true };
}

function summaryOf(answers: AnsweredEnvironment): readonly string[] {
  const { approvals, ephemeral } = answers;
  const guarded = `${answers.protected ? "protected" : "not protected"}, ${approvals} to approve`;
  const rows = [
    ...questionsAnswered(answers).map(([question, answer]) => [ENVIRONMENT_QUESTIONS[question].title, answer] as const),
    ["Data", guarded] as const,
    ...(ephemeral === undefined ? [] : [["Expires", ephemeral.expires] as const]),
  ];
  const width = Math.max(...rows.map(([title]) => title.length));
  return rows.map(([title, answer]) => `${title.padEnd(width)}  ${answer}`);
}

function reportOf({ name, said, ephemeral, approvals, ...rest }: AnsweredEnvironment): object {
  return { environment: name, answers: said, protected: rest.protected, approvals, ephemeral: ephemeral ?? false };
}
