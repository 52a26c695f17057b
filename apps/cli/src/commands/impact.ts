import { Findings } from "@paved/model";
import {
  ACTION_WORDS,
  becauseInWords,
  countsInWords,
  differenceInWords,
  dollars,
  type Impact,
  impactHtml,
  impactMarkdown,
  impactOf,
  type StackImpact,
  summed,
  visibleText,
} from "@paved/pipeline";
import type { CommandRun, OptionValues } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import { plain, type Terminal } from "../terminal/terminal";
import { chosenOf, comparisonOf } from "./affected";
import { outputFile } from "./output-file";
import { formatOf } from "./report-options";
import { appendSummary } from "./step-summary";

/** `paved impact` */
export const impactCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const wrong = new Findings();
  const format = wrong.collect(() => formatOf(options, "table"))!;
  const file = wrong.collect(() => outputFile(options, "output"));
  wrong.throwIfAny();
  const comparison = await comparisonOf(context);
  const whole = impactOf(comparison);
  const impact = summed(chosenOf(comparison, whole.stacks, context), comparison.after.index);
  appendSummary(context, (limit) => impactMarkdown(impact, limit));
  if (file === undefined) print(terminal, format, impact, options);
  else {
    const lines: string[] = [];
    print({ ...plain(terminal), out: (line) => void lines.push(line) }, format, impact, options);
    file.write(`${lines.join("\n")}\n`);
    terminal.out(`wrote ${file.given}`);
  }
  return EXIT_CODES.ok.code;
};

function print(terminal: Terminal, format: string, impact: Impact, options: OptionValues): void {
  const base = String(options["base"] ?? "HEAD");
  const head = typeof options["head"] === "string" ? options["head"] : "the working tree";
  if (format === "json") terminal.out(JSON.stringify({ base, head, ...impact }, null, 2));
  else if (format === "markdown") terminal.out(impactMarkdown(impact).trimEnd());
  else if (format === "html") terminal.out(impactHtml(impact, { base, head }).trimEnd());
  else printTable(impact, terminal, options["attributes"] === true);
}

const HEADS = ["stack", "owner", "resources", "manifests", "permissions", "$ a month"].map((head) => ({ head }));

function printTable(impact: Impact, terminal: Terminal, withAttributes: boolean): void {
  const { stacks, counts, losses, delivered, monthly } = impact;
  const { colours } = terminal;
  if (stacks.length === 0) return terminal.out("nothing changes: what is synthesized is the same");
  const resources = countsInWords(counts) || "no resource touched";
  terminal.out(`${quantity(stacks.length, "stack")}: ${resources}; ${quantity(delivered, "manifest")} delivered anew`);
  for (const loss of losses) {
    const why = [becauseInWords(loss), loss.source ?? ""].filter((each) => each !== "").join("; ");
    const what = `${loss.stack} ${loss.address} ${ACTION_WORDS[loss.action]}, and with it ${loss.loses}`;
    terminal.out(colours.red(`LOST ${what}${why === "" ? "" : ` (${why})`}`));
  }
  terminal.out(drawTable(terminal, HEADS, stacks.map(row)));
  if (Math.abs(monthly) >= 0.005)
    terminal.out(`${dollars(monthly)} US dollars a month, an estimate of what runs by the hour`);
  if (withAttributes) for (const stack of stacks) printAttributes(stack, terminal.out);
}

function row({ name, owner, effects, deliveries, permissions, costs }: StackImpact): string[] {
  const actions = [...new Set(effects.map(({ action }) => action))].map(
    (action) => `${effects.filter((each) => each.action === action).length} ${ACTION_WORDS[action]}`,
  );
  const monthly = costs.reduce((sum, { before = 0, after = 0 }) => sum + after - before, 0);
  const said = actions.length === 0 ? "-" : actions.join(", ");
  const cost = costs.length === 0 ? "-" : dollars(monthly);
  return [name, owner, said, String(deliveries.length), String(permissions.length), cost];
}

function printAttributes({ name, effects, deliveries, permissions }: StackImpact, out: (line: string) => void): void {
  for (const effect of effects) {
    out(`${name} ${effect.address} ${ACTION_WORDS[effect.action]}`);
    for (const attribute of effect.attributes) out(`  ${differenceInWords(attribute)}`);
  }
  for (const { kind, name: object, change, attributes } of deliveries) {
    out(`${name} ${kind} ${object} ${change}`);
    for (const attribute of attributes) out(`  ${differenceInWords(attribute)}`);
  }
  for (const { subject, granted, withdrawn } of permissions) {
    for (const sentence of granted) out(visibleText(`${name} ${subject} now: ${sentence}`));
    for (const sentence of withdrawn) out(visibleText(`${name} ${subject} no more: ${sentence}`));
  }
}
