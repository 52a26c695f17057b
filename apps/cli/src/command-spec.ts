import type { Workspace } from "@paved/pipeline";
import type { Happening } from "./events/happening";
import type { Terminal } from "./terminal/terminal";

/** Values of options, by the long name in camel case. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** What a command works with. */
export interface CommandContext {
  readonly workspace: Workspace;
  readonly terminal: Terminal;
  /** Positional arguments in the order of the table. */
  readonly arguments: readonly string[];
  readonly options: OptionValues;
  /** Told what the command did, for the event log. @default - nobody records it */
  readonly happened?: (happening: Happening) => void;
}

/** A command's work. @returns the exit code */
export type CommandRun = (context: CommandContext) => Promise<number>;

/** One option. */
export interface OptionSpec {
  /** As commander reads it, for example `-e, --env <name>`. */
  readonly flags: string;
  readonly description: string;
  /** It may be given more than once. @default false */
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  /** As text. @default - no default */
  readonly default?: string;
}

/** One positional argument. */
export interface ArgumentSpec {
  /** As commander reads it, for example `<address>`. */
  readonly name: string;
  readonly description: string;
}

/** One command: help, documentation and the parser all read this. */
export interface CommandSpec {
  /** Words of the command, for example `sandbox drift`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What it does, whole. @default - the summary says it */
  readonly description?: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Command lines to copy. */
  readonly examples: readonly string[];
  /** That it was called, and how it ended, is recorded in the event log. @default - it only looks, and is not */
  readonly isEvent?: true;
  /** Loads the work only when the command is called, so that help is quick. */
  readonly load: () => Promise<CommandRun>;
}
