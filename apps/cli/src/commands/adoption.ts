import { adoptionMetrics, adoptionOf, type AdoptionTotal } from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";

/** `paved adoption` */
export const adoptionCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
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

function percent({ share }: AdoptionTotal): string {
  return `${(share * 100).toFixed(1)} %`;
}

function row(total: AdoptionTotal): string[] {
  const { name, services, resources, onPath, deviations } = total;
  return [name, String(services), String(resources), String(onPath), percent(total), String(deviations)];
}
