import { Argument, Command, CommanderError, type ErrorOptions, InvalidArgumentError, Option } from "commander";
import type { CommandSpec, OptionSpec, OptionValues } from "./command-spec";
import { COMMANDS, GLOBAL_OPTIONS, GROUPS } from "./command-table";
import { EXIT_CODES } from "./exit-codes";

/** Called with the command that was chosen. */
export type Chosen = (
  spec: CommandSpec,
  parsed: { arguments: readonly string[]; options: OptionValues },
) => Promise<void>;

/** The parser's no to a command line. */
export class Refusal extends Error {
  constructor(
    readonly command: Command,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A command that leaves it to others to print what is wrong with a command line. */
class QuietCommand extends Command {
  override error(message: string, { code = "" }: ErrorOptions = {}): never {
    throw new Refusal(this, code, message);
  }
}

/** The parser of `paved`, made from the table of commands. */
export function createProgram(version: string, chosen: Chosen): Command {
  const program = new QuietCommand("paved")
    .description("Typed infrastructure, rehearsed offline. The sandbox is the default; only --live touches a cloud.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .addHelpText("after", `\n${exitCodeHelp()}`)
    .exitOverride();
  for (const option of GLOBAL_OPTIONS) program.addOption(toOption(option));
  for (const spec of COMMANDS) addCommand(program, spec, chosen);
  addHelpCommand(program);
  return program;
}

/** The table of commands as data, for whatever documents them: all, or those whose name starts with `words`. */
export function describeCommands(words: readonly string[] = []): object {
  const chosen = COMMANDS.filter(({ name }) => words.every((word, place) => name.split(" ")[place] === word));
  const commands = chosen.map(({ load: _load, ...spec }) => spec);
  return { commands, globalOptions: GLOBAL_OPTIONS, exitCodes: Object.values(EXIT_CODES) };
}

function addCommand(program: Command, spec: CommandSpec, chosen: Chosen): void {
  const words = spec.name.split(" ");
  const parent = words.length === 1 ? program : groupOf(program, words[0]!);
  const command = new QuietCommand(words.at(-1))
    .summary(spec.summary)
    .description(spec.description ?? `${spec.summary[0]!.toUpperCase()}${spec.summary.slice(1)}.`)
    .addHelpText("after", `\nExamples:\n${spec.examples.map((line) => `  ${line}`).join("\n")}`)
    .allowExcessArguments(false)
    .copyInheritedSettings(parent);
  for (const { name, description } of spec.arguments ?? []) command.addArgument(new Argument(name, description));
  for (const option of spec.options) command.addOption(toOption(option));
  command.action(() =>
    chosen(spec, { arguments: command.processedArgs.map(String), options: command.optsWithGlobals<OptionValues>() }),
  );
  parent.addCommand(command);
}

/** The command that holds subcommands, for example `sandbox`. */
function groupOf(program: Command, name: string): Command {
  const existing = program.commands.find((command) => command.name() === name);
  if (existing !== undefined) return existing;
  const group = new QuietCommand(name).copyInheritedSettings(program).helpCommand(false);
  const subcommands = COMMANDS.filter((spec) => spec.name.startsWith(`${name} `)).map(
    (spec) => spec.name.split(" ")[1],
  );
  group.summary(`${subcommands.join(", ")}`).description(GROUPS[name] ?? "");
  program.addCommand(group);
  return group;
}

/** `paved help [command...]`, and `paved help --json` for the whole table. */
function addHelpCommand(program: Command): void {
  const help = new QuietCommand("help")
    .copyInheritedSettings(program)
    .summary("print help for a command; with --json, all that is known of it")
    .argument("[command...]", "the command; without one, all of them")
    .option("--json", "print one JSON document")
    .action((words: string[], options: { json?: boolean }) => {
      let command = program;
      for (const word of words) {
        const next = command.commands.find((candidate) => candidate.name() === word);
        if (next === undefined) command.error(`error: unknown command '${word}'`, { code: "commander.unknownCommand" });
        else command = next;
      }
      if (options.json === true) process.stdout.write(`${JSON.stringify(describeCommands(words), null, 2)}\n`);
      else command.outputHelp();
    });
  program.addCommand(help);
}

function toOption(spec: OptionSpec): Option {
  const more = spec.repeatable === true ? "; may be repeated" : "";
  const option = new Option(spec.flags, `${spec.description}${more}`);
  if (spec.choices !== undefined) option.choices([...spec.choices]);
  if (spec.default !== undefined) option.default(spec.default);
  if (spec.repeatable === true) {
    option.argParser((value: string, previous: string[] | undefined) => [...(previous ?? []), ...namesIn(value)]);
  }
  return option;
}

/** An empty name is a variable that was not set: it must not read as "all" or "none". */
function namesIn(value: string): string[] {
  const names = value.split(",");
  if (names.includes("")) throw new InvalidArgumentError("names parted by commas, none of them empty");
  return names;
}

function exitCodeHelp(): string {
  const lines = Object.values(EXIT_CODES).map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`);
  return ["Exit codes:", ...lines].join("\n");
}

/** Whether the parser ended the program; help and version end it too, well. */
export function isParserEnd(error: unknown): error is CommanderError {
  return error instanceof CommanderError;
}
