import path from "node:path";
import { inspect } from "node:util";
import type { PavedError } from "@paved/model";
import { version } from "../package.json";
import type { CommandContext, CommandSpec, OptionValues } from "./command-spec";
import { EXIT_CODES, exitCodeFor } from "./exit-codes";
import { createProgram, isParserEnd, Refusal } from "./program";
import { printFindings } from "./terminal/findings";
import { createTerminal, type Terminal } from "./terminal/terminal";

/** Runs `paved` with the arguments of a command line. @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT_CODES.ok.code;
  const program = createProgram(version, async (spec, parsed) => {
    exitCode = await execute(spec, parsed);
  });
  try {
    await program.parseAsync(helpFirst(argv), { from: "user" });
  } catch (error) {
    if (error instanceof Refusal) return refuse(error, argv);
    if (!isParserEnd(error)) throw error;
    return error.exitCode === 0 ? EXIT_CODES.ok.code : EXIT_CODES.usage.code;
  }
  return exitCode;
}

/** `paved plan --help --json` is `paved help plan --json`: the parser prints help as text before it reads `--json`. */
function helpFirst(argv: readonly string[]): string[] {
  const wanted = (argv.includes("--help") || argv.includes("-h")) && argv.includes("--json");
  if (!wanted) return [...argv];
  const words = argv.slice(
    0,
    argv.findIndex((word) => word.startsWith("-")),
  );
  return ["help", ...words, "--json"];
}

async function refuse(refusal: Refusal, argv: readonly string[]): Promise<number> {
  const { usageError } = await import("./commands");
  const terminal = terminalOf(argv.includes("--no-color"));
  return report(terminal, usageError(refusal), argv.includes("--json"));
}

function terminalOf(noColour: boolean): Terminal {
  const { stdout, stderr, env: environment } = process;
  return createTerminal({ stdout, stderr, environment, noColour });
}

/** Prints an error, for a person or as JSON. @returns the exit code */
function report(terminal: Terminal, error: PavedError, json: boolean): number {
  if (json) terminal.out(JSON.stringify(error, null, 2));
  else printFindings(terminal, error.findings);
  return exitCodeFor(error.findings);
}

interface Parsed {
  readonly arguments: readonly string[];
  readonly options: OptionValues;
}

async function execute(spec: CommandSpec, { arguments: args, options }: Parsed): Promise<number> {
  const terminal = terminalOf(options["color"] === false);
  const leave = exitWhenAlone(terminal);
  try {
    const command = await spec.load();
    const run = spec.isEvent === true ? (await import("./commands")).recorded(spec.name, command) : command;
    return await run({ arguments: args, options, terminal, workspace: await findWorkspace(options) });
  } catch (error) {
    const known = isPavedError(error) ? error : (await import("./commands")).internalError(error, spec.name);
    if (known !== error && process.env["PAVED_DEBUG"] === "1") terminal.err(inspect(error));
    return report(terminal, known, options["json"] === true);
  } finally {
    leave();
  }
}

/** The workspace around the current directory; outside of any, the one that this program belongs to. */
async function findWorkspace({ directory }: OptionValues): Promise<CommandContext["workspace"]> {
  const { Workspace } = await import("./commands");
  if (typeof directory === "string") await enter(directory);
  return Workspace.around(process.cwd(), path.join(__dirname, "../../.."));
}

async function enter(directory: string): Promise<void> {
  try {
    process.chdir(directory);
  } catch {
    const { PavedError } = await import("./commands");
    const fix = "name one that is there";
    throw new PavedError({ code: "PVD4003", where: "--directory", got: directory, want: "a directory", fix });
  }
}

/** Ends at once on Ctrl-C, unless a run listens too: that one ends by itself when OpenTofu has saved its state. */
function exitWhenAlone(terminal: Terminal): () => void {
  const signals = ["SIGINT", "SIGTERM"] as const;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    terminal.err("stopped");
    process.exit(EXIT_CODES.interrupted.code);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return () => signals.forEach((signal) => process.off(signal, onSignal));
}

function isPavedError(error: unknown): error is PavedError {
  return error instanceof Error && error.name === "PavedError" && "findings" in error;
}
