import { countInWords, definitionOf, type Report, sparkline, valueInWords } from "@paved/metrics";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import type { Terminal } from "../terminal/terminal";

const HEADS = ["metric", "value", "", "week by week", "better"].map((head) => ({ head }));

/** A report for a person: one line, the table, and what was left out. */
export function printReport(terminal: Terminal, { figures, window, place, events, notes }: Report): void {
  const weeks = quantity(window.weeks.length, "week");
  const where = place === "live" ? "the cloud" : "the sandbox";
  terminal.out(`${weeks} of ${where}, from ${window.weeks[0]!.day} on: ${quantity(events, "event")}`);
  const rows = figures.map((figure) => {
    const definition = definitionOf(figure.id);
    const { title, better } = definition;
    const line = sparkline(figure.weekly, terminal.fancy);
    return [title, valueInWords(figure, definition), countInWords(figure, definition), line, better];
  });
  terminal.out(drawTable(terminal, HEADS, rows));
  const own = figures.flatMap(({ id, notes: left }) => left.map((note) => `${definitionOf(id).title}: ${note}`));
  for (const note of [...own, ...notes]) terminal.out(`note: ${note}`);
}

/** What each figure is, where it comes from and what it cannot see. */
export function printDefinitions(terminal: Terminal, { figures }: Report): void {
  for (const { id } of figures) {
    const { title, definition, source, blind } = definitionOf(id);
    terminal.out(`\n${terminal.colours.bold(title)}\n  ${definition}\n  Source: ${source}.\n  Cannot see: ${blind}`);
  }
}
