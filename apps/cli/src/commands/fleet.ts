import path from "node:path";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { checkoutsIn } from "../fleet/checkouts";
import { missedOf, serviceOf, type ServiceStanding, type Standing, standings, strangers } from "../fleet/standing";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved fleet` */
export const fleetCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const from = Array.isArray(options["from"]) ? (options["from"] as readonly string[]) : undefined;
  const folders = from?.map((folder) => path.resolve(folder)) ?? [path.dirname(workspace.root)];
  const checkouts = folders.flatMap((folder) => checkoutsIn(folder, "--from"));
  const { services } = (await fleetAtHand(context)).index;
  const found = standings(services, checkouts);
  const others = strangers(services, checkouts);
  if (options["json"] === true) {
    const made = others.map((checkout) => ({ name: serviceOf(checkout), directory: checkout.directory }));
    terminal.out(JSON.stringify({ services: found, others: made }, null, 2));
    return EXIT_CODES.ok.code;
  }
  terminal.out(`${quantity(services.length, "service")}: ${sum(found)}`);
  const heads = ["service", "owner", "golden path", "scaffold", "how it stands", "repository"].map((head) => ({
    head,
  }));
  terminal.out(drawTable(terminal, heads, found.map(row)));
  for (const { name, version, what } of missedOf(found)) terminal.out(`${name}@${version}: ${what}`);
  for (const checkout of others) {
    terminal.out(`note: ${checkout.directory} is of ${serviceOf(checkout)}, which is no service of this platform`);
  }
  if (found.some(({ standing }) => standing === "not found")) {
    terminal.out(`note: looked for repositories in ${folders.join(", ")}; --from <directory> names another folder`);
  }
  return EXIT_CODES.ok.code;
};

const ORDER: readonly Standing[] = [
  "up to date",
  "behind",
  "not known here",
  "made by hand",
  "not readable",
  "not found",
];

function sum(found: readonly ServiceStanding[]): string {
  return ORDER.flatMap((standing) => {
    const count = found.filter((each) => each.standing === standing).length;
    return count === 0 ? [] : [`${count} ${standing}`];
  }).join(", ");
}

function row({ name, owner, goldenPath, scaffold, standing, missed, directory }: ServiceStanding): string[] {
  const how = standing === "behind" ? `behind by ${quantity(missed.length, "version")}` : standing;
  return [name, owner, goldenPath, scaffold ?? "-", how, directory ?? "-"];
}
