import { flagOf } from "@paved/scaffold";
import type { CommandSpec, OptionSpec } from "../command-spec";
import { ENVIRONMENT_QUESTIONS, type EnvironmentQuestion } from "../environments/questions";
import { JSON_OUTPUT, LIVE, NO_SYNTH, STATE, TODAY, YES } from "./options";

/** A flag for every question, as the question says it; the name is a word of its own. */
const ANSWERS = (Object.keys(ENVIRONMENT_QUESTIONS) as EnvironmentQuestion[])
  .filter((name) => name !== "name")
  .map((name): OptionSpec => {
    const { help, want, usual } = ENVIRONMENT_QUESTIONS[name];
    const otherwise = usual === undefined ? "" : `; ${usual.words} when nothing is said`;
    return { flags: `${flagOf(name)} <answer>`, description: `${help}: ${want}${otherwise}` };
  });

const DRY_RUN: OptionSpec = {
  flags: "--dry-run",
  description: "check everything, say what would be written, and write nothing",
};

/** Commands on the environments that there are. */
export const ENVIRONMENT_COMMANDS: readonly CommandSpec[] = [
  {
    name: "environments",
    summary: "list environments, whose the ephemeral ones are and until when",
    description:
      "Lists every environment in the order of promotion. With --expired it fails while there is one whose day is over, which " +
      "a workflow asks every night.",
    options: [{ flags: "--expired", description: "fail while one has expired" }, TODAY, JSON_OUTPUT, NO_SYNTH],
    examples: ["paved environments", "paved environments --expired --today 2026-12-24"],
    load: async () => (await import("../commands")).environmentsCommand,
  },
  {
    name: "new-environment",
    summary: "add an environment, on a branch: its data, and all that is derived from it",
    description:
      "Asks for what no flag says, shows what it is about to do, and does it when you agree. The data file says what differs " +
      "from the environment that it is like; its line in the order of promotion, what runs in it, addresses, permissions and " +
      "the jobs of workflows are committed with it on the branch add-environment-<name>. The whole fleet is synthesized with " +
      "it and held against every check first; your working tree stays as it is. An ephemeral one is small, is never " +
      "protected, has an owner and a day, and nothing is promoted through it.",
    arguments: [{ name: "<name>", description: "what it is to be called" }],
    options: [
      ...ANSWERS,
      { flags: "--ephemeral", description: "make it for a while: --owner and --days say whose and how long" },
      { ...TODAY, description: "the day that --days are counted from, YYYY-MM-DD" },
      DRY_RUN,
      YES,
      JSON_OUTPUT,
    ],
    examples: [
      "paved new-environment preview --account 444444444444 --after dev --ephemeral --owner commerce --days 7",
      "paved new-environment qa --account 555555555555 --after dev --like staging --dry-run",
    ],
    isEvent: true,
    load: async () => (await import("../commands")).newEnvironmentCommand,
  },
  {
    name: "remove-environment",
    summary: "take an environment out, on a branch, when nothing lives in it any more",
    description:
      "Reads the state of every stack, in the sandbox or with --live in the cloud, and refuses while anything is in one: what " +
      "would be lost is said, with how to get it out. Then its data, its place in the order, its folder and its jobs are " +
      "taken out on the branch remove-environment-<name>, and environments/removed.txt says so.",
    arguments: [{ name: "<name>", description: "the environment" }],
    options: [LIVE, STATE, DRY_RUN, YES, JSON_OUTPUT],
    examples: ["paved remove-environment preview", "paved remove-environment preview --live --yes"],
    isEvent: true,
    load: async () => (await import("../commands")).removeEnvironmentCommand,
  },
];
