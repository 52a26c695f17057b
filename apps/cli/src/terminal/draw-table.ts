import Table from "cli-table3";
import type { Terminal } from "./terminal";

/** A column of a table. */
export interface Column {
  readonly head: string;
  /** @default left */
  readonly align?: "left" | "right";
}

const ASCII = {
  top: "-",
  "top-mid": "+",
  "top-left": "+",
  "top-right": "+",
  bottom: "-",
  "bottom-mid": "+",
  "bottom-left": "+",
  "bottom-right": "+",
  left: "|",
  "left-mid": "+",
  mid: "-",
  "mid-mid": "+",
  right: "|",
  "right-mid": "+",
  middle: "|",
};

/** A table as text: drawn for a person, ASCII everywhere else. */
export function drawTable(
  terminal: Terminal,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const { colours } = terminal;
  const table = new Table({
    head: columns.map(({ head }) => colours.bold(head)),
    colAligns: columns.map(({ align = "left" }) => align),
    // No line between rows: environments are told apart by their first column.
    chars: { ...(terminal.fancy ? {} : ASCII), mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
