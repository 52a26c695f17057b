import type { Command } from "commander";
import { didYouMean, type Finding, nearest, PavedError } from "@paved/model";

/** What the parser refused: the command that it was reading, its code for the reason, and its words. */
export interface Refused {
  readonly command: Command;
  readonly code: string;
  readonly message: string;
}

/** What is wrong with a command line, in the words of every other error: PVD4003, one finding a wrong word. */
export function usageError({ command, code, message }: Refused): PavedError {
  const explain = REASONS[code];
  const where = pathOf(command);
  const unknown: Problem = { got: message.replace(/^error: /, ""), want: "a known command line" };
  const problems = explain?.(command, /'(.*)'/s.exec(message)?.[1] ?? "", message) ?? [unknown];
  const fix = `see ${where} --help`;
  return new PavedError(problems.map((problem): Finding => ({ code: "PVD4003", where, fix, ...problem })));
}

type Problem = Pick<Finding, "got" | "want"> & Partial<Pick<Finding, "where" | "fix">>;

/** By commander's code: the command, what its message quotes, and the message. */
const REASONS: Readonly<Record<string, (command: Command, quoted: string, message: string) => Problem[]>> = {
  "commander.unknownCommand": (command, got, message) => {
    const names = command.commands.map((child) => child.name());
    if (names.length === 0) return [{ got, want: "no more words" }];
    return [{ got, want: "a command", fix: suggestion(message) ?? didYouMean(got, names) }];
  },
  "commander.unknownOption": (command, first, message) => {
    const fixOf = (flag: string): string =>
      (flag === first ? suggestion(message) : undefined) ?? didYouMean(flag, longFlags(command));
    return unknownFlags(command).map((got) => ({ got, want: "an option", fix: fixOf(got) }));
  },
  "commander.missingArgument": (command) =>
    command.registeredArguments.slice(command.args.length).map((argument) => ({
      got: "nothing",
      want: `<${argument.name()}>: ${argument.description}`,
    })),
  "commander.excessArguments": (command) => {
    const excess = command.args.slice(command.registeredArguments.length).join(" ");
    return [{ got: excess, want: "no more words", fix: `leave out ${excess}` }];
  },
  "commander.optionMissingArgument": (command, flags) => {
    const fix = `write ${flags.replace(/^-\w, /, "")}`;
    return [{ where: optionOf(command, flags)?.long ?? flags, got: "nothing", want: "a value", fix }];
  },
  "commander.invalidArgument": (command, _, message) => {
    const [, flags = "", got = "", want = ""] = /'(.+)' argument '(.*)' is invalid\. (.*)$/s.exec(message) ?? [];
    const option = optionOf(command, flags);
    const where = option?.long ?? flags;
    const choices = option?.argChoices;
    if (choices === undefined) return [{ where, got: JSON.stringify(got), want }];
    const near = nearest(got, choices);
    return [{ where, got, want: `one of ${choices.join(", ")}`, ...(near && { fix: `did you mean ${near}?` }) }];
  },
};

/** Commander knows letters that changed places, the commonest slip, and two that come equally near. */
function suggestion(message: string): string | undefined {
  const meant = /\n\(Did you mean (.+)\?\)$/.exec(message)?.[1];
  return meant && `did you mean ${meant}?`;
}

/** `paved sandbox drift` */
function pathOf(command: Command): string {
  return lineOf(command)
    .map((each) => each.name())
    .join(" ");
}

/** The command after those that it is a part of. */
function lineOf(command: Command): Command[] {
  return command.parent === null ? [command] : [...lineOf(command.parent), command];
}

function optionOf(command: Command, flags: string): Command["options"][number] | undefined {
  return lineOf(command)
    .flatMap(({ options }) => options)
    .find((option) => option.flags === flags);
}

function longFlags(command: Command): string[] {
  const line = lineOf(command).toReversed();
  return [...line.flatMap(({ options }) => options.flatMap(({ long }) => long ?? [])), "--help"];
}

/** What commander leaves in `args` of an option that it does not know, before a `--`. */
function unknownFlags({ args }: Command): string[] {
  const end = args.indexOf("--");
  const flags = (end === -1 ? args : args.slice(0, end)).filter((word) => /^-./.test(word));
  return [...new Set(flags.map((flag) => flag.replace(/=.*$/s, "")))];
}
