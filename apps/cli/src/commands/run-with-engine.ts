import { PavedError } from "@paved/model";
import {
  DEFAULT_CONCURRENCY,
  type Engine,
  ensureEngine,
  Interruption,
  isRunOk,
  type Mode,
  modeInWords,
  type PlanSettings,
  type RunCommand,
  type RunListener,
  type RunResult,
  type Workspace,
} from "@paved/pipeline";
import type { CommandContext, OptionValues } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { confirm } from "../terminal/confirm";
import { printFindings } from "../terminal/findings";
import { ProgressLines, showProgress } from "../terminal/progress";
import { printRun } from "../terminal/run-summary";

/** What every run of stacks works with. */
export interface WithEngine {
  readonly workspace: Workspace;
  readonly engine: Engine;
  readonly interruption: Interruption;
  readonly listener: RunListener;
  /** Told what goes on before the first stack begins. */
  readonly progress: (line: string) => void;
}

/** Does work with the engine, shows how it goes on, and passes Ctrl-C on to OpenTofu. */
export async function withEngine<T>(
  { terminal, options }: CommandContext,
  { workspace, stacks }: { readonly workspace: Workspace; readonly stacks: Parameters<typeof showProgress>[1] },
  work: (shared: WithEngine) => Promise<T>,
): Promise<T> {
  const engine = await ensureEngine(workspace, { progress: terminal.err });
  const plain = options["json"] === true;
  const listener = plain ? new ProgressLines(terminal) : await showProgress(terminal, stacks);
  const interruption = new Interruption((count) => {
    terminal.err(count === 1 ? "stopping: waiting for OpenTofu to save its state" : "told OpenTofu again to stop");
  });
  try {
    return await work({ workspace, engine, interruption, listener, progress: terminal.err });
  } finally {
    await listener.close();
    interruption.close();
  }
}

/** Does work with the engine that shows no stages, and passes Ctrl-C on to OpenTofu. */
export async function withQuietEngine<T>(
  { terminal }: CommandContext,
  workspace: Workspace,
  work: (shared: Pick<WithEngine, "engine" | "interruption">) => Promise<T>,
): Promise<T> {
  const engine = await ensureEngine(workspace, { progress: terminal.err });
  const interruption = new Interruption(() => terminal.err("stopping"));
  try {
    return await work({ engine, interruption });
  } finally {
    interruption.close();
  }
}

/** Prints a run, for a person or as JSON with whatever else there is to say, and has it recorded. */
export function printResult(context: CommandContext, result: RunResult, more: object = {}): void {
  const { terminal, options, happened } = context;
  happened?.({ kind: "stacks", stacks: result.stacks });
  if (options["json"] === true) {
    return terminal.out(JSON.stringify({ ...result, ok: isRunOk(result), ...more }, null, 2));
  }
  printRun(terminal, result);
  printFindings(
    terminal,
    result.stacks.flatMap((stack) => stack.findings),
  );
}

/** Asks before what cannot be taken back. @throws PavedError PVD4003 when nobody agrees */
export async function askBefore(
  { options, terminal }: CommandContext,
  command: RunCommand,
  mode: Mode,
  stacks: readonly { readonly name: string }[],
): Promise<void> {
  const asks = command === "destroy" || (command === "apply" && mode === "live");
  if (!asks || options["yes"] === true) return;
  await confirm(terminal, `${command} ${stacks.map(({ name }) => name).join(", ")} in ${modeInWords(mode)}?`);
}

/** What `--no-lock` and `--no-refresh` say. */
export function planSettingsOf(options: OptionValues): PlanSettings {
  return { lock: options["lock"] !== false, refresh: options["refresh"] !== false };
}

/** What `--concurrency` says. @throws PavedError PVD4003 */
export function parseConcurrency(options: OptionValues): number {
  const given = String(options["concurrency"] ?? DEFAULT_CONCURRENCY);
  const concurrency = Number(given);
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 64) return concurrency;
  const want = "a whole number from 1 to 64";
  throw new PavedError({ code: "PVD4003", where: "--concurrency", got: given, want, fix: "leave it out for 2" });
}

/** With what the command ends after a run. */
export function exitCodeOf(result: RunResult, options: OptionValues): number {
  if (result.stacks.some(({ status }) => status === "interrupted")) return EXIT_CODES.interrupted.code;
  if (!isRunOk(result)) return EXIT_CODES.failed.code;
  const changes = result.stacks.some(({ status }) => status === "planned" || status === "waits");
  return options["detailedExitcode"] === true && changes ? EXIT_CODES.changes.code : EXIT_CODES.ok.code;
}
