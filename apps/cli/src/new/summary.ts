import path from "node:path";
import { ASKED } from "@paved/scaffold";
import { quantity } from "../terminal/quantity";
import { type Plan, sameAgain } from "./plan";

interface Mode {
  /** Whether nothing is written. */
  readonly dry: boolean;
}

/** What is about to be made, for a person. */
export function summaryOf(plan: Plan): string {
  const { scaffold, answers, directory, registration, repository, rendered } = plan;
  const said = scaffold.asks.map((name) => [ASKED[name].title, String(answers[name] ?? "nothing")] as const);
  const width = Math.max(...said.map(([title]) => title.length), "Golden path".length);
  const line = ([title, answer]: readonly [string, string]): string => `${title.padEnd(width)}  ${answer}`;
  const [first = ""] = rendered.registration.keys();
  return [
    line(["Golden path", `${scaffold.name}@${scaffold.version}`]),
    ...said.map(line),
    "",
    registration.there
      ? `${first} is there already`
      : `branch ${registration.branch}: ${first} and ${quantity(registration.files.length - 1, "file")} derived from it`,
    repository.there
      ? `${directory} is there already`
      : `${directory}: a repository of ${quantity(rendered.repository.size, "file")}`,
  ].join("\n");
}

/** What to do next, each a line to copy. */
export function nextSteps(plan: Plan, { dry }: Mode): string {
  if (dry) return ["nothing was written; to write it:", `  npx ${sameAgain(plan)} --yes`].join("\n");
  return ["next:", ...commandsOf(plan).map((command) => `  ${command}`)].join("\n");
}

function commandsOf({ registration, answers }: Plan): readonly string[] {
  return [`git switch ${registration.branch}`, `npx paved rehearse --env staging --service ${answers.name}`];
}

/** The same as data. */
export function reportOf(plan: Plan, { dry }: Mode): object {
  const { scaffold, answers, directory, registration, repository, rendered } = plan;
  const status = (there: boolean): string => (there ? "there" : dry ? "planned" : "made");
  return {
    goldenPath: scaffold.name,
    version: scaffold.version,
    answers,
    registration: {
      status: status(registration.there),
      branch: registration.branch,
      files: registration.files,
    },
    repository: {
      status: status(repository.there),
      directory: path.resolve(directory),
      files: [...rendered.repository.keys()],
    },
    next: dry ? [`npx ${sameAgain(plan)} --yes`] : commandsOf(plan),
  };
}
