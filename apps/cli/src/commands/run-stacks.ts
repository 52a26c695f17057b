import { Findings, PavedError } from "@paved/model";
import {
  DEFAULT_CONCURRENCY,
  ensureEngine,
  type Fleet,
  Interruption,
  isRunOk,
  type Mode,
  type RunCommand,
  type RunResult,
  runInSession,
  withDependencies,
} from "@paved/pipeline";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import type { CommandContext, CommandRun, OptionValues } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { confirm } from "../terminal/confirm";
import { printFindings } from "../terminal/findings";
import { ProgressLines, showProgress } from "../terminal/progress";
import { printRun } from "../terminal/run-summary";

/** `paved plan` */
export const planCommand: CommandRun = (context) => runStacks(context, "plan");

/** `paved apply` */
export const applyCommand: CommandRun = (context) => runStacks(context, "apply");

/** `paved destroy` */
export const destroyCommand: CommandRun = (context) => runStacks(context, "destroy");

/** `paved rehearse` */
export const rehearseCommand: CommandRun = (context) => runStacks(context, "rehearse");

/** Rehearses the whole fleet in the sandbox. */
export function rehearseFleet(context: CommandContext, fleet: Fleet): Promise<RunResult> {
  const { stacks } = fleet;
  return runChosen(context, { command: "rehearse", mode: "sandbox", concurrency: DEFAULT_CONCURRENCY, fleet, stacks });
}

async function runStacks(context: CommandContext, command: RunCommand): Promise<number> {
  const { options, terminal } = context;
  const wrong = new Findings();
  const concurrency = wrong.collect(() => parseConcurrency(options))!;
  const mode: Mode = options["live"] === true ? "live" : "sandbox";
  const fleet = await fleetAtHand(context);
  const stacks = wrong.collect(() => stacksFor(command, fleet, options))!;
  wrong.throwIfAny();
  await askBefore(context, command, mode, stacks);
  const result = await runChosen(context, { command, mode, concurrency, fleet, stacks });
  const findings = result.stacks.flatMap((stack) => stack.findings);
  if (options["json"] === true) terminal.out(JSON.stringify({ ...result, ok: isRunOk(result) }, null, 2));
  else {
    printRun(terminal, result);
    printFindings(terminal, findings);
  }
  return exitCodeOf(result, options);
}

interface Chosen {
  readonly command: RunCommand;
  readonly mode: Mode;
  readonly concurrency: number;
  readonly fleet: Fleet;
  readonly stacks: Fleet["stacks"];
}

async function runChosen({ workspace, terminal, options }: CommandContext, chosen: Chosen): Promise<RunResult> {
  const engine = await ensureEngine(workspace, { progress: terminal.err });
  const plain = options["json"] === true;
  const listener = plain ? new ProgressLines(terminal) : await showProgress(terminal, chosen.stacks);
  const interruption = new Interruption((count) => {
    terminal.err(count === 1 ? "stopping: waiting for OpenTofu to save its state" : "told OpenTofu again to stop");
  });
  try {
    const planSettings = { lock: options["lock"] !== false, refresh: options["refresh"] !== false };
    return await runInSession({ ...chosen, workspace, engine, interruption, listener, planSettings });
  } finally {
    await listener.close();
    interruption.close();
  }
}

/** A rehearsal of one service takes what the service stands on with it: a fresh sandbox has none of it. */
function stacksFor(command: RunCommand, fleet: Fleet, options: OptionValues): Fleet["stacks"] {
  const chosen = chosenStacks(fleet, options);
  return command === "rehearse" ? withDependencies(fleet.stacks, chosen) : chosen;
}

async function askBefore(
  context: CommandContext,
  command: RunCommand,
  mode: Mode,
  stacks: Fleet["stacks"],
): Promise<void> {
  const asks = command === "destroy" || (command === "apply" && mode === "live");
  if (!asks || context.options["yes"] === true) return;
  const where = mode === "live" ? "the cloud" : "the sandbox";
  await confirm(context.terminal, `${command} ${stacks.map(({ name }) => name).join(", ")} in ${where}?`);
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
