import { PavedError } from "@paved/model";
import {
  committedText,
  type PreparedChange,
  prepareChange,
  recordWithout,
  REMOVED_RECORD,
  type Workspace,
} from "@paved/pipeline";
import { ENVIRONMENT_LIST, environmentFile, flagOf, listWith } from "@paved/scaffold";
import type { AnsweredEnvironment } from "./answers";
import { ENVIRONMENT_QUESTIONS, type EnvironmentQuestion } from "./questions";

const COMMAND = "paved new-environment";

/**
 * Finds out what a new environment makes of the platform's repository; nothing is written.
 * @throws PavedError PVD4006 for something else in its place; what synth and the checks find in the environment
 */
export async function planNewEnvironment(
  workspace: Workspace,
  answers: AnsweredEnvironment,
  progress: (line: string) => void,
): Promise<PreparedChange> {
  const { name, after } = answers;
  const releases = `environments/${name}/releases.json`;
  const added = new Map([
    [`environments/src/${name}.ts`, await environmentFile(answers)],
    [releases, committed(workspace, `environments/${after}/releases.json`)],
  ]);
  const edited = new Map([[ENVIRONMENT_LIST, await listWith(committed(workspace, ENVIRONMENT_LIST), name, after)]]);
  const record = committedText(workspace, REMOVED_RECORD, COMMAND);
  if (record !== undefined && record !== recordWithout(record, name))
    edited.set(REMOVED_RECORD, recordWithout(record, name));
  const branch = `add-environment-${name}`;
  const change = {
    command: COMMAND,
    subject: "the new environment",
    branch,
    added,
    edited,
    message: messageOf(answers),
  };
  return prepareChange(workspace, change, progress);
}

function committed(workspace: Workspace, file: string): string {
  const text = committedText(workspace, file, COMMAND);
  if (text !== undefined) return text;
  const fix = "commit what there is, then run it again";
  throw new PavedError({
    code: "PVD4003",
    where: COMMAND,
    got: `no ${file} in the last commit`,
    want: "it committed",
    fix,
  });
}

function messageOf(answers: AnsweredEnvironment): string {
  const { name, like, after, ephemeral } = answers;
  const what = ephemeral === undefined ? "" : `, for ${ephemeral.owner} until ${ephemeral.expires}`;
  const said = questionsAnswered(answers).map(
    ([question, answer]) => `${ENVIRONMENT_QUESTIONS[question].title}: ${answer}`,
  );
  const line = `Add the environment ${name} after ${after}, like ${like}${what}`;
  return `${[line, "", `Made by ${COMMAND}.`, "", ...said].join("\n")}\n`;
}

/** What was answered, in order. */
export function questionsAnswered({ said }: AnsweredEnvironment): readonly (readonly [EnvironmentQuestion, string])[] {
  return (Object.keys(ENVIRONMENT_QUESTIONS) as EnvironmentQuestion[]).flatMap((name) => {
    const answer = said[name];
    return answer === undefined ? [] : [[name, answer] as const];
  });
}

/** The command line that says the same without asking. */
export function sameEnvironmentAgain(answers: AnsweredEnvironment): string {
  const { name, ephemeral } = answers;
  const flags = questionsAnswered(answers)
    .filter(([question]) => question !== "name")
    .map(([question, answer]) => `${flagOf(question)} ${answer}`);
  return [COMMAND, name, ...flags, ...(ephemeral === undefined ? [] : ["--ephemeral"])].join(" ");
}
