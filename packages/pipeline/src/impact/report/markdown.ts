import type { Effect } from "../effects";
import { differenceOf } from "../cost";
import type { Impact, Loss, StackImpact } from "../impact";
import { PRICES } from "../price-table";
import { codeText, escapedText, foldedSection, withinLimit } from "./markdown-text";
import { saidTogether, stacksInWords } from "./together";
import {
  ACTION_ORDER,
  ACTION_SIGNS,
  ACTION_WORDS,
  becauseInWords,
  countsInWords,
  differenceInWords,
  dollars,
} from "./words";

/** What a comment may be long at most, in characters: GitHub takes 65,536. */
export const COMMENT_LIMIT = 65_000;

/** How many rows a table shows before it says how many more there are. */
const ROWS = 60;

/**
 * What a change does, for a comment on a pull request: what would be lost on top, then a table, then permissions, cost and
 * every attribute folded away. Never longer than the limit: what does not fit is counted, and left to the page.
 */
export function impactMarkdown(impact: Impact, limit: number = COMMENT_LIMIT): string {
  const { stacks } = impact;
  const head = ["## What this changes", "", summary(impact), ...losses(impact), "", ...table(impact)].join("\n");
  const parts = [...permissions(stacks), ...costs(impact), ...stacks.map(stackDetails)];
  return withinLimit(head, parts, limit, "paved impact --format html");
}

function summary({ stacks, counts, delivered, monthly }: Impact): string {
  if (stacks.length === 0) return "Nothing: what is synthesized is the same.";
  const resources = countsInWords(counts) || "no resource touched";
  const manifests = delivered === 0 ? "" : `; ${delivered} manifests delivered anew`;
  const cost = Math.abs(monthly) < 0.005 ? "" : `; ${dollars(monthly)} US dollars a month (an estimate)`;
  return `**${stacks.length} stacks**: ${resources}${manifests}${cost}.`;
}

function losses({ losses: all }: Impact): readonly string[] {
  if (all.length === 0) return [];
  const said = saidTogether(all.map((loss) => ({ stack: loss.stack, text: lossInWords(loss) })));
  const lines = said.slice(0, ROWS).map(({ stacks, text }) => `> - **${escapedText(stacksInWords(stacks))}** ${text}`);
  const left = said.slice(ROWS).reduce((sum, { stacks }) => sum + stacks.length, 0);
  const more = left > 0 ? [`> - and ${left} more`] : [];
  return ["", "> [!CAUTION]", `> **${all.length} that hold something would be lost:**`, ...lines, ...more];
}

function lossInWords(loss: Loss): string {
  const why = becauseInWords(loss);
  return `${codeText(loss.address)} ${ACTION_WORDS[loss.action]}, and with it ${loss.loses}${
    why === "" ? "" : `; ${escapedText(why)}`
  }${loss.source === undefined ? "" : ` (${codeText(loss.source)})`}`;
}

function table({ stacks }: Impact): readonly string[] {
  if (stacks.length === 0) return [];
  const actions = ACTION_ORDER.filter((action) =>
    stacks.some(({ effects }) => effects.some((one) => one.action === action)),
  );
  const heads = ["stack", "owner", ...actions, "manifests", "permissions", "$ a month"];
  const rows = stacks
    .slice(0, ROWS)
    .map((stack) => [
      stack.name,
      stack.owner,
      ...actions.map((action) => count(stack.effects.filter((one) => one.action === action).length)),
      count(stack.deliveries.length),
      count(stack.permissions.length),
      stack.costs.length === 0 ? "" : dollars(stack.costs.reduce((sum, cost) => sum + differenceOf(cost), 0)),
    ]);
  const line = (cells: readonly string[]) => `| ${cells.map(escapedText).join(" | ")} |`;
  const more = stacks.length > ROWS ? ["", `and ${stacks.length - ROWS} more stacks`] : [];
  return [line(heads), line(heads.map((_head, index) => (index < 2 ? "---" : "---:"))), ...rows.map(line), ...more];
}

function permissions(stacks: readonly StackImpact[]): readonly string[] {
  const changes = stacks.flatMap(({ name, permissions: all }) =>
    all.map(({ subject, granted, withdrawn }) => {
      const now = granted.map((sentence) => `  - now: ${codeText(sentence)}`);
      const noMore = withdrawn.map((sentence) => `  - no more: ${codeText(sentence)}`);
      return { stack: name, text: [codeText(subject), ...now, ...noMore].join("\n") };
    }),
  );
  const lines = saidTogether(changes).map(
    ({ stacks: named, text }) => `- **${escapedText(stacksInWords(named))}** ${text}`,
  );
  return lines.length === 0 ? [] : [foldedSection("Permissions: who may do what", lines)];
}

function costs({ stacks, monthly }: Impact): readonly string[] {
  const lines = stacks.flatMap(({ name, costs: all }) =>
    all.map((cost) => `- **${escapedText(name)}** ${codeText(cost.address)} ${dollars(differenceOf(cost))}`),
  );
  if (lines.length === 0) return [];
  const note = `An estimate: list prices of ${PRICES.region}, ${PRICES.date}; what is billed by use is not in it.`;
  return [foldedSection(`Cost: ${dollars(monthly)} US dollars a month`, [note, "", ...lines])];
}

function stackDetails({ name, effects, deliveries, settings }: StackImpact): string {
  const lines = [
    ...effects.flatMap(effectLines),
    ...deliveries.flatMap(({ kind, name: object, change, attributes }) => [
      `- ${change} ${codeText(`${kind} ${object}`)}`,
      ...attributes.map((each) => `  - ${codeText(differenceInWords(each))}`),
    ]),
    ...settings.map((path) => `- settings of the stack: ${codeText(path)}`),
  ];
  return foldedSection(`${name}: ${effects.length} resources, ${deliveries.length} manifests`, lines);
}

function effectLines(effect: Effect): readonly string[] {
  const { address, action, from, source, attributes } = effect;
  const why = becauseInWords(effect);
  const place = [
    from === undefined ? "" : `from ${codeText(from)}`,
    why === "" ? "" : escapedText(why),
    source === undefined ? "" : codeText(source),
  ];
  const tail = place.filter((each) => each !== "").join("; ");
  return [
    `- ${codeText(`${ACTION_SIGNS[action]} ${address}`)}${tail === "" ? "" : ` ${tail}`}`,
    ...attributes.map((each) => `  - ${codeText(differenceInWords(each))}`),
  ];
}

function count(number: number): string {
  return number === 0 ? "" : String(number);
}
