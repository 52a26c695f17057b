import {
  adoptionFrom,
  adoptionMetrics,
  adoptionOf,
  type AdoptionTotal,
  type Grouping,
  GROUPINGS,
  recordHistory,
} from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import { fleetAtHand } from "./fleet-at-hand";
import { chosenIndex, type ReportOptions, reportOptions } from "./report-options";

const FIGURES = ["services", "resources", "on path", "share", "deviations"];

/** `paved adoption` */
export const adoptionCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const asked = reportOptions(options);
  if (asked.history !== undefined) return printHistory(context, asked.history, asked);
  const adoption = adoptionOf(chosenIndex(await fleetAtHand(context), options));
  if (asked.format === "openmetrics") terminal.out(adoptionMetrics(adoption).trimEnd());
  else if (asked.format === "json") terminal.out(JSON.stringify(adoption, null, 2));
  else {
    const { total, by } = adoption;
    const what = `${quantity(total.onPath, "resource")} of ${total.resources} are made by golden paths`;
    terminal.out(`${percent(total)}: ${what}; ${quantity(total.deviations, "deviation")}`);
    const groupings = asked.by === undefined ? (Object.keys(GROUPINGS) as Grouping[]) : [asked.by];
    for (const grouping of groupings) {
      const heads = [grouping.replace("-", " "), ...FIGURES].map((head) => ({ head }));
      terminal.out(drawTable(terminal, heads, by[grouping].map(row)));
    }
  }
  return EXIT_CODES.ok.code;
};

function printHistory({ workspace, terminal }: CommandContext, commits: number, asked: ReportOptions): number {
  const { by, choice } = asked;
  const history = recordHistory(workspace, { commits, choice }).map(({ services, ...commit }) => ({
    ...commit,
    ...adoptionFrom(services),
  }));
  if (asked.format === "json") terminal.out(JSON.stringify({ history }, null, 2));
  else {
    const group = by === undefined ? [] : [by.replace("-", " ")];
    const heads = ["date", "commit", ...group, ...FIGURES, "what changed it"].map((head) => ({ head }));
    const rows = history.flatMap(({ commit, date, subject, total, by: totals }) =>
      (by === undefined ? [total] : totals[by]).map((each) => {
        const [name = "", ...figures] = row(each);
        return [date, commit.slice(0, 8), ...(by === undefined ? [] : [name]), ...figures, subject];
      }),
    );
    terminal.out(`${quantity(history.length, "commit")} changed adoption`);
    terminal.out(drawTable(terminal, heads, rows));
  }
  return EXIT_CODES.ok.code;
}

function percent({ share }: AdoptionTotal): string {
  return `${(share * 100).toFixed(1)} %`;
}

function row(total: AdoptionTotal): string[] {
  const { name, services, resources, onPath, deviations } = total;
  return [name, String(services), String(resources), String(onPath), percent(total), String(deviations)];
}
