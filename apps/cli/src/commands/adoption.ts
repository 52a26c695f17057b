import { PavedError } from "@paved/model";
import { adoptionHistory, adoptionMetrics, adoptionOf, type AdoptionTotal } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";

/** `paved adoption` */
export const adoptionCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  if (options["history"] !== undefined) return printHistory(context);
  const fleet = await fleetAtHand(context);
  const adoption = adoptionOf({ ...fleet.index, stacks: chosenStacks(fleet, options) });
  if (options["format"] === "openmetrics") terminal.out(adoptionMetrics(adoption).trimEnd());
  else if (options["json"] === true) terminal.out(JSON.stringify(adoption, null, 2));
  else {
    const { total, teams, environments, goldenPaths } = adoption;
    const what = `${quantity(total.onPath, "resource")} of ${total.resources} are made by golden paths`;
    terminal.out(`${percent(total)}: ${what}; ${quantity(total.deviations, "deviation")}`);
    const heads = ["", "services", "resources", "on path", "share", "deviations"].map((head) => ({ head }));
    for (const [title, totals] of Object.entries({
      team: teams,
      environment: environments,
      "golden path": goldenPaths,
    })) {
      const [, ...others] = heads;
      terminal.out(drawTable(terminal, [{ head: title }, ...others], totals.map(row)));
    }
  }
  return EXIT_CODES.ok.code;
};

function printHistory({ workspace, terminal, options }: CommandContext): number {
  const history = adoptionHistory(workspace, commitsOf(String(options["history"])));
  if (options["json"] === true) terminal.out(JSON.stringify({ history }, null, 2));
  else {
    const heads = ["date", "commit", "services", "resources", "on path", "share", "deviations", "what changed it"];
    const rows = history.map(({ commit, date, subject, total }) => {
      const [, ...figures] = row(total);
      return [date, commit.slice(0, 8), ...figures, subject];
    });
    terminal.out(`${quantity(history.length, "commit")} changed adoption`);
    terminal.out(
      drawTable(
        terminal,
        heads.map((head) => ({ head })),
        rows,
      ),
    );
  }
  return EXIT_CODES.ok.code;
}

function commitsOf(given: string): number {
  const commits = Number(given);
  if (Number.isInteger(commits) && commits >= 1) return commits;
  const want = "a whole number from 1";
  throw new PavedError({ code: "PVD4003", where: "--history", got: given, want, fix: "say 10 for the last ten" });
}

function percent({ share }: AdoptionTotal): string {
  return `${(share * 100).toFixed(1)} %`;
}

function row(total: AdoptionTotal): string[] {
  const { name, services, resources, onPath, deviations } = total;
  return [name, String(services), String(resources), String(onPath), percent(total), String(deviations)];
}
