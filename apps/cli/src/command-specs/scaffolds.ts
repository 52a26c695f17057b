import { ASKED, flagOf, type QuestionName, SCAFFOLDS } from "@paved/scaffold";
import type { CommandSpec, OptionSpec } from "../command-spec";
import { JSON_OUTPUT, YES } from "./options";

/** A flag for every question, as the question says it. */
const ANSWERS = (Object.keys(ASKED) as QuestionName[]).map((name): OptionSpec => {
  const { help, want, usual } = ASKED[name];
  const unsaid = typeof usual === "object" ? usual.words.replaceAll("`", "") : usual;
  const otherwise = unsaid === undefined ? "" : `; ${unsaid} when nothing is said`;
  return { flags: `${flagOf(name)} <answer>`, description: `${help}: ${want}${otherwise}` };
});

/** Commands that make a service, and what it is made from newer. */
export const SCAFFOLD_COMMANDS: readonly CommandSpec[] = [
  {
    name: "new",
    summary: "begin a service: its file here on a branch, and a repository of its own",
    description:
      "Asks for what no flag says, shows what it is about to do, and does it when you agree. The service file and all that is " +
      "derived from it are committed on the branch add-<name>; your working tree stays as it is. The service's own repository, " +
      "with code that runs, tests, image, workflows and documentation, is written beside this one. Nothing is ever overwritten: " +
      "what stands there already is left, and something else in its place is refused.",
    options: [
      {
        flags: "--golden-path <name>",
        description: "the golden path",
        choices: SCAFFOLDS.map(({ name }) => name),
      },
      ...ANSWERS,
      {
        flags: "--into <directory>",
        description: "where its repository is written; beside this one when nothing is said",
      },
      { flags: "--dry-run", description: "check everything, say what would be written, and write nothing" },
      YES,
      JSON_OUTPUT,
    ],
    examples: [
      "paved new",
      "paved new --golden-path node-api --name returns --owner commerce --organisation example --expose-at /returns",
      "paved new --golden-path python-worker --name mailer --owner growth --organisation example --dry-run",
    ],
    isEvent: true,
    load: async () => (await import("../commands")).newCommand,
  },
  {
    name: "upgrade-service",
    summary: "bring a service's repository to the newest version of its scaffold",
    description:
      "Merges what changed in the scaffold since the version that the repository records, three ways, into its last commit: " +
      "what the service changed stays. Shows what it would do, and the difference; --write writes it on the branch " +
      "paved-upgrade-<version> and switches to it. Without conflicts it is a commit. With conflicts they are left in the working " +
      "tree, marked, as git merge leaves them, and the command ends with 1. Wants the whole history of this repository, which " +
      "has every version of a scaffold.",
    arguments: [{ name: "<directory>", description: "the top folder of the service's repository" }],
    options: [{ flags: "--write", description: "write it, on a branch of its own" }, JSON_OUTPUT],
    examples: ["paved upgrade-service ../returns", "paved upgrade-service ../returns --write"],
    load: async () => (await import("../commands")).upgradeServiceCommand,
  },
];
