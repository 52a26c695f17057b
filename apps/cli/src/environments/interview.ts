import type { EnvironmentEntry } from "@paved/model";
import { flagOf } from "@paved/scaffold";
import type { Asker } from "../new/asker";
import { faultOf, questionsOf, type Said } from "./answers";
import { ENVIRONMENT_QUESTIONS, type EnvironmentQuestion, type Known } from "./questions";

/** Asks for whatever was not said, in order; an answer that is wrong is asked for again. */
export async function interview(asker: Asker, said: Said, environments: readonly EnvironmentEntry[]): Promise<Said> {
  const isEphemeral = said.isEphemeral || (await askHowLong(asker));
  const given: Partial<Record<EnvironmentQuestion, string>> = { ...said.given };
  for (const name of questionsOf({ given, isEphemeral })) {
    const known = { given, others: environments.filter((each) => each.name !== given.name) };
    given[name] ??= await askFor(asker, name, known);
  }
  return { given, isEphemeral };
}

async function askHowLong(asker: Asker): Promise<boolean> {
  const options = [
    { value: "lasting", label: "It lasts", hint: "a step in the order of promotion" },
    { value: "ephemeral", label: "It is for a while", hint: "small, never protected, with an owner and a day" },
  ];
  return (await asker.choose({ message: "How long", options })) === "ephemeral";
}

async function askFor(asker: Asker, name: EnvironmentQuestion, known: Known): Promise<string | undefined> {
  const { title, help, example, usual } = ENVIRONMENT_QUESTIONS[name];
  const unsaid = usual?.of(known);
  const answer = await asker.ask({
    message: `${title}: ${help}`,
    usual: unsaid,
    example,
    fault: (said) => {
      const fault = faultOf(name, said ?? unsaid, known);
      return fault === undefined ? undefined : `${fault.want} (${flagOf(name)})`;
    },
  });
  return answer ?? unsaid;
}
