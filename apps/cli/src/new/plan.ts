import path from "node:path";
import {
  prepareChange,
  type PreparedChange,
  type PreparedRepository,
  prepareRepository,
  type Workspace,
} from "@paved/pipeline";
import { type Answers, ASKED, flagOf, type RenderedScaffold, renderScaffold, type Scaffold } from "@paved/scaffold";

/** What is to be made. */
export interface Wanted {
  readonly scaffold: Scaffold;
  readonly answers: Answers;
  /** Where the service's repository is to stand. */
  readonly directory: string;
  /** What `--into` said. @default - nothing: it stands beside the platform's */
  readonly into: string | undefined;
}

/** All that `paved new` is about to do; until it is carried out nothing is written. */
export interface Plan extends Wanted {
  readonly rendered: RenderedScaffold;
  readonly registration: PreparedChange;
  readonly repository: PreparedRepository;
}

/**
 * Finds out what would be written, here and there, and whether it can be.
 * @throws PavedError PVD4006 for something else in its place; what synth finds in the service
 */
export async function planNew(workspace: Workspace, wanted: Wanted, progress: (line: string) => void): Promise<Plan> {
  const { scaffold, answers, directory } = wanted;
  const rendered = await renderScaffold(workspace.templates, scaffold, answers);
  const message = messageOf(wanted);
  const repository = prepareRepository({ directory, files: rendered.repository, message }, workspace);
  const change = { command: "paved new", subject: "the new service", branch: `add-${answers.name}`, message };
  const registration = await prepareChange(workspace, { ...change, added: rendered.registration }, progress);
  return { ...wanted, rendered, registration, repository };
}

/** Where a repository stands when nothing is said: beside the platform's. */
export function usualDirectory(workspace: Workspace, name: string): string {
  return path.join(path.dirname(workspace.root), name);
}

/** What both commits say. */
function messageOf({ scaffold, answers }: Wanted): string {
  const said = scaffold.asks.flatMap((name) => {
    const answer = answers[name];
    return answer === undefined ? [] : [`${ASKED[name].title}: ${answer}`];
  });
  const line = `Add the service ${answers.name} on the golden path ${scaffold.name}`;
  return `${[line, "", `Made by paved new from ${scaffold.name}@${scaffold.version}.`, "", ...said].join("\n")}\n`;
}

/** Carries it out: the repository first, which stands beside and disturbs nobody, then the branch. */
export function carryOut({ repository, registration }: Plan): void {
  repository.publish();
  registration.publish();
}

/** The command line that says the same without asking. */
export function sameAgain({ scaffold, answers, into }: Wanted): string {
  const flag = (name: string, answer: string | number): string => `${name} ${quoted(String(answer))}`;
  const flags = scaffold.asks.flatMap((name) => {
    const answer = answers[name];
    return answer === undefined ? [] : [flag(flagOf(name), answer)];
  });
  const place = into === undefined ? [] : [flag("--into", into)];
  return ["paved new --golden-path", scaffold.name, ...flags, ...place].join(" ");
}

/** As a POSIX shell reads it as one word. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
