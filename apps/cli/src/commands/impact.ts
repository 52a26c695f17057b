import { writeFileSync } from "node:fs";
import path from "node:path";
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
} from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import { chosenOf, comparisonOf } from "./affected";

/** `paved impact` */
export const impactCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const comparison = await comparisonOf(context);
  const whole = impactOf(comparison);
  const impact = summed(chosenOf(comparison, whole.stacks, context), comparison.after.index);
  const text = written(impact, context);
  const file = options["output"];
  if (typeof file === "string" && text !== undefined) {
    writeFileSync(path.resolve(file), text);
    terminal.out(`wrote ${file}`);
  } else if (text === undefined) print(impact, context);
  else terminal.out(text.trimEnd());
  return EXIT_CODES.ok.code;
};

/** The impact in the form that was asked for; nothing for the terminal. */
function written(impact: Impact, { options }: CommandContext): string | undefined {
  const base = String(options["base"] ?? "HEAD");
  const head = typeof options["head"] === "string" ? options["head"] : "the working tree";
  if (options["json"] === true) return `${JSON.stringify({ base, head, ...impact }, null, 2)}\n`;
  if (options["format"] === "markdown") return impactMarkdown(impact);
  return options["format"] === "html" ? impactHtml(impact, { base, head }) : undefined;
}

const HEADS = ["stack", "owner", "resources", "manifests", "permissions", "$ a month"].map((head) => ({ head }));

function print(impact: Impact, { terminal, options }: CommandContext): void {
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
  if (options["attributes"] === true) for (const stack of stacks) printAttributes(stack, terminal.out);
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
    for (const sentence of granted) out(`${name} ${subject} now: ${sentence}`);
    for (const sentence of withdrawn) out(`${name} ${subject} no more: ${sentence}`);
  }
}
