import { flagOf, type Question } from "./question";
import { ASKED, type QuestionName } from "./questions";
import { SCAFFOLDS } from "./scaffolds";

/** What is asked, as the table of a page: a row a question, with its flag and who asks it. */
export function questionsPage(): string {
  const names = Object.keys(ASKED) as QuestionName[];
  return [
    "| flag | what | when nothing is said | asked by |",
    "| --- | --- | --- | --- |",
    `| \`--golden-path\` | the golden path: ${SCAFFOLDS.map(({ name }) => `\`${name}\``).join(", ")} | it has to be said | |`,
    ...names.map((name) => row(name, ASKED[name])),
  ].join("\n");
}

function row(name: QuestionName, { help, want, usual, optional }: Question): string {
  const asking = SCAFFOLDS.filter(({ asks }) => asks.includes(name)).map((scaffold) => scaffold.name);
  const who = asking.length === SCAFFOLDS.length ? "all" : asking.map((each) => `\`${each}\``).join(", ");
  const cells = [`\`${flagOf(name)}\``, `${help}: ${want}`, unsaid(usual, optional), who];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function unsaid(usual: Question["usual"], optional = false): string {
  if (typeof usual === "object") return usual.words;
  if (usual !== undefined) return `\`${usual}\``;
  return optional ? "nothing" : "it has to be said";
}
