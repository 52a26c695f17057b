import { Findings } from "@paved/model";
import { differenceInWords, type Drift, driftMarkdown, findDrift, type Fleet, type StackDrift } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { printFindings } from "../terminal/findings";
import { ProgressLines } from "../terminal/progress";
import { quantity } from "../terminal/quantity";
import type { Terminal } from "../terminal/terminal";
import { bundleAsked } from "./bundle";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import { placeOf } from "./place";
import { formatOf } from "./report-options";
import { parseConcurrency, withQuietEngine } from "./run-with-engine";
import { appendSummary } from "./step-summary";

/** `paved drift` */
export const driftReportCommand: CommandRun = (context) =>
  reportDrift(context, (fleet) => chosenStacks(fleet, context.options));

/** The drift of what `paved pipeline apply` applied: with `--bundle` of its stacks alone, others may be in other accounts. */
export const pipelineDriftCommand: CommandRun = (context) => {
  const bundle = bundleAsked(context.options, [], ["env", "service"]);
  if (bundle === undefined) return driftReportCommand(context);
  const names = new Set(bundle.read().evidence.stacks.map(({ name }) => name));
  return reportDrift(context, ({ stacks }) => stacks.filter(({ name }) => names.has(name)));
};

async function reportDrift(context: CommandContext, choose: (fleet: Fleet) => Fleet["stacks"]): Promise<number> {
  const { terminal, options } = context;
  const wrong = new Findings();
  const format = wrong.collect(() => formatOf(options, "table"))!;
  const concurrency = wrong.collect(() => parseConcurrency(options))!;
  const place = wrong.collect(() => placeOf(context))!;
  wrong.throwIfAny();
  const { mode, workspace } = place;
  const stacks = choose(await fleetAtHand(context));
  return withQuietEngine(context, workspace, async (shared) => {
    const listener = new ProgressLines(terminal);
    const planSettings = { lock: options["lock"] !== false };
    const given = { ...shared, workspace, mode, stacks, concurrency, listener, planSettings };
    const drift = await findDrift({ ...given, progress: terminal.err });
    appendSummary(context, (limit) => driftMarkdown(drift, limit));
    print(drift, terminal, format);
    return exitCodeOf(drift);
  });
}

function exitCodeOf({ stacks }: Drift): number {
  const findings = stacks.flatMap((stack) => stack.findings);
  if (findings.some(({ code }) => code === "PVD2006")) return EXIT_CODES.interrupted.code;
  if (stacks.some(({ status }) => status === "unknown")) return EXIT_CODES.failed.code;
  return stacks.some(({ status }) => status === "drifted") ? EXIT_CODES.changes.code : EXIT_CODES.ok.code;
}

const HEADS = ["stack", "owner", "status", "resources"].map((head) => ({ head }));

function print(drift: Drift, terminal: Terminal, format: string): void {
  if (format === "json") return terminal.out(JSON.stringify(drift, null, 2));
  if (format === "markdown") return terminal.out(driftMarkdown(drift).trimEnd());
  const { stacks, tofu, seconds } = drift;
  const counts = (["drifted", "as applied", "unapplied", "unknown"] as const)
    .map((status) => [stacks.filter((stack) => stack.status === status).length, status] as const)
    .filter(([count]) => count > 0)
    .map(([count, status]) => `${count} ${status}`);
  terminal.out(
    `${quantity(stacks.length, "stack")}: ${counts.join(", ")}; ${seconds.toFixed(1)} s with OpenTofu ${tofu}`,
  );
  const told = stacks.filter(({ status }) => status === "drifted" || status === "unknown");
  if (told.length > 0) {
    const rows = told.map(({ name, owner, status, resources }) => [name, owner, status, String(resources.length)]);
    terminal.out(drawTable(terminal, HEADS, rows));
  }
  for (const stack of told) printStack(stack, terminal.out);
  printFindings(
    terminal,
    stacks.flatMap((stack) => stack.findings),
  );
}

function printStack({ name, resources }: StackDrift, out: (line: string) => void): void {
  for (const { address, change, attributes, lost, source } of resources) {
    const gone = lost === undefined ? "" : `, and with it ${lost}`;
    out(`${name} ${address} ${change}${gone}${source === undefined ? "" : ` (${source})`}`);
    for (const attribute of attributes) out(`  ${differenceInWords(attribute)}`);
  }
}
