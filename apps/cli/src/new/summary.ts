import path from "node:path";
import { ASKED } from "@paved/scaffold";
import { quantity } from "../terminal/quantity";
import type { Plan } from "./plan";
import type { Standing } from "./proposal";

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

/** What a service comes to, as data. */
export function reportOf(plan: Plan, otherwise: Standing): object {
  const { scaffold, answers, directory, registration, repository, rendered } = plan;
  return {
    goldenPath: scaffold.name,
    version: scaffold.version,
    answers,
    registration: {
      status: registration.there ? "there" : otherwise,
      branch: registration.branch,
      files: registration.files,
    },
    repository: {
      status: repository.there ? "there" : otherwise,
      directory: path.resolve(directory),
      files: [...rendered.repository.keys()],
    },
  };
}
