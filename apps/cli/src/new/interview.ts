import {
  ASKED,
  faultOf,
  flagOf,
  type Given,
  type QuestionName,
  type Scaffold,
  scaffoldNamed,
  SCAFFOLDS,
  typed,
  usualAnswer,
} from "@paved/scaffold";
import type { Asker } from "./asker";

/** What was said on the command line: the golden path, and answers by question. */
export interface Said {
  readonly goldenPath: string | undefined;
  readonly given: Given;
}

/** Asks for whatever was not said, in order; an answer that is wrong is asked for again. */
export async function interview(asker: Asker, { goldenPath, given }: Said): Promise<Said & { goldenPath: string }> {
  const path = goldenPath ?? (await choosePath(asker));
  const answers: Record<string, string | number | undefined> = { ...given };
  for (const name of scaffoldNamed(path).asks) {
    if (given[name] === undefined) answers[name] = await askFor(asker, name, answers);
  }
  return { goldenPath: path, given: answers };
}

function choosePath(asker: Asker): Promise<string> {
  const options = SCAFFOLDS.map(({ name, title, summary }: Scaffold) => ({ value: name, label: title, hint: summary }));
  return asker.choose({ message: "Golden path", options });
}

async function askFor(asker: Asker, name: QuestionName, answers: Given): Promise<string | undefined> {
  const { title, help, example, optional, schema } = ASKED[name];
  const usual = usualAnswer(name, answers);
  const unsaid = usual === undefined ? undefined : String(usual);
  const message = `${title}: ${help}${optional === true ? " (nothing is an answer)" : ""}`;
  if ("enum" in schema) {
    return asker.choose({ message, options: schema.enum.map((value) => ({ value, label: value })), usual: unsaid });
  }
  return asker.ask({
    message,
    usual: unsaid,
    example,
    fault: (answer) => {
      const fault = faultOf(name, typed(name, answer) ?? usual);
      return fault === undefined ? undefined : `${fault.want} (${flagOf(name)})`;
    },
  });
}
