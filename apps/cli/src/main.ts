import path from "node:path";
import type { Finding } from "@paved/model";
import { version } from "../package.json";
import type { CommandContext, CommandSpec, OptionValues } from "./command-spec";
import { EXIT_CODES, exitCodeFor } from "./exit-codes";
import { createProgram, isParserEnd } from "./program";
import { printFindings } from "./terminal/findings";
import { createTerminal, type Terminal } from "./terminal/terminal";

/** Runs `paved` with the arguments of a command line. @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT_CODES.ok.code;
  const json = argv.includes("--json");
  const program = createProgram(version, async (spec, parsed) => {
    exitCode = await execute(spec, parsed);
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!isParserEnd(error)) throw error;
    if (error.exitCode === 0) return EXIT_CODES.ok.code;
    if (json) await printUsageError(error.message);
    return EXIT_CODES.usage.code;
  }
  return exitCode;
}

interface Parsed {
  readonly arguments: readonly string[];
  readonly options: OptionValues;
}

async function execute(spec: CommandSpec, { arguments: args, options }: Parsed): Promise<number> {
  const { stdout, stderr, env: environment } = process;
  const terminal = createTerminal({ stdout, stderr, environment, noColour: options["color"] === false });
  const leave = exitWhenAlone(terminal);
  try {
    const run = await spec.load();
    return await run({ arguments: args, options, terminal, workspace: await findWorkspace(options) });
  } catch (error) {
    if (!isPavedError(error)) throw error;
    if (options["json"] === true) terminal.out(JSON.stringify(error, null, 2));
    else printFindings(terminal, error.findings);
    return exitCodeFor(error.findings);
  } finally {
    leave();
  }
}

/** The workspace around the current directory; outside of any, the one that this program belongs to. */
async function findWorkspace(options: OptionValues): Promise<CommandContext["workspace"]> {
  const { Workspace } = await import("./commands");
  const directory = typeof options["directory"] === "string" ? options["directory"] : process.cwd();
  return Workspace.around(directory, path.join(__dirname, "../../.."));
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

interface Collected extends Error {
  readonly findings: readonly Finding[];
}

function isPavedError(error: unknown): error is Collected {
  return error instanceof Error && error.name === "PavedError" && "findings" in error;
}

async function printUsageError(message: string): Promise<void> {
  const { PavedError } = await import("./commands");
  const got = message.replace(/^error: /, "");
  const error = new PavedError({
    code: "PVD4003",
    where: "paved",
    got,
    want: "a known command line",
    fix: "see paved --help",
  });
  process.stdout.write(`${JSON.stringify(error, null, 2)}\n`);
}
