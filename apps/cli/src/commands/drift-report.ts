import { differenceInWords, type Drift, driftMarkdown, findDrift, type StackDrift } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { printFindings } from "../terminal/findings";
import { ProgressLines } from "../terminal/progress";
import { quantity } from "../terminal/quantity";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import { placeOf } from "./place";
import { parseConcurrency, withQuietEngine } from "./run-with-engine";

/** `paved drift` */
export const driftReportCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const { mode, workspace } = placeOf(context);
  const concurrency = parseConcurrency(options);
  const stacks = chosenStacks(await fleetAtHand(context), options);
  return withQuietEngine(context, workspace, async (shared) => {
    const listener = new ProgressLines(terminal);
    const planSettings = { lock: options["lock"] !== false };
    const given = { ...shared, workspace, mode, stacks, concurrency, listener, planSettings };
    const drift = await findDrift({ ...given, progress: terminal.err });
    print(drift, context);
    return exitCodeOf(drift);
  });
};

function exitCodeOf({ stacks }: Drift): number {
  const findings = stacks.flatMap((stack) => stack.findings);
  if (findings.some(({ code }) => code === "PVD2006")) return EXIT_CODES.interrupted.code;
  if (stacks.some(({ status }) => status === "unknown")) return EXIT_CODES.failed.code;
  return stacks.some(({ status }) => status === "drifted") ? EXIT_CODES.changes.code : EXIT_CODES.ok.code;
}

const HEADS = ["stack", "owner", "status", "resources"].map((head) => ({ head }));

function print(drift: Drift, { terminal, options }: CommandContext): void {
  if (options["json"] === true) return terminal.out(JSON.stringify(drift, null, 2));
  if (options["format"] === "markdown") return terminal.out(driftMarkdown(drift).trimEnd());
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
