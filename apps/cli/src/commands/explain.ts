import { ERROR_CODES, type ErrorCode } from "@paved/model";
import { fleetAtHand, chosenStacks } from "./fleet-at-hand";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { codeExplanation } from "../explain/code-explanation";
import { printRule, ruleExplanation } from "../explain/rule-explanation";
import { explainSubject } from "../explain/subject";
import { printExplanation } from "../explain/print";

/** `paved explain` */
export const explainCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const subject = context.arguments[0]!;
  const json = options["json"] === true;
  const code = subject.toUpperCase();
  if (code in ERROR_CODES) {
    const explanation = codeExplanation(code as ErrorCode);
    if (json) terminal.out(JSON.stringify(explanation, null, 2));
    else terminal.out(`${terminal.colours.bold(explanation.code)} ${explanation.title}\n${explanation.text}`);
    return EXIT_CODES.ok.code;
  }
  const rule = ruleExplanation(code);
  if (rule !== undefined) {
    if (json) terminal.out(JSON.stringify(rule, null, 2));
    else printRule(terminal, rule);
    return EXIT_CODES.ok.code;
  }
  const fleet = await fleetAtHand(context);
  const explanations = explainSubject(fleet.index, chosenStacks(fleet, options), subject);
  if (json) terminal.out(JSON.stringify({ subject, explanations }, null, 2));
  else for (const explanation of explanations) printExplanation(terminal, explanation);
  return EXIT_CODES.ok.code;
};
