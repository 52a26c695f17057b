import { PavedError } from "@paved/model";
import { expiredFindings, expiryWarnings, type PlacedDeviation, placedDeviations } from "@paved/pipeline";
import type { CommandContext, CommandRun, OptionValues } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { printFindings } from "../terminal/findings";
import { quantity } from "../terminal/quantity";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";

/** `paved deviations` */
export const deviationsCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const fleet = await fleetAtHand(context);
  const index = { ...fleet.index, stacks: chosenStacks(fleet, options) };
  const deviations = placedDeviations(index, dayOf(options));
  const expired = expiredFindings(deviations);
  if (options["json"] === true) {
    terminal.out(JSON.stringify({ deviations, errors: expired }, null, 2));
  } else report(context, deviations);
  return expired.length > 0 ? EXIT_CODES.failed.code : EXIT_CODES.ok.code;
};

function report({ terminal }: CommandContext, deviations: readonly PlacedDeviation[]): void {
  const expired = expiredFindings(deviations);
  const ended = expired.length > 0 ? `; ${expired.length} expired` : "";
  terminal.out(`${quantity(deviations.length, "deviation")}${ended}`);
  if (deviations.length > 0) {
    const heads = ["service", "environment", "rule", "what", "owner", "approved by", "expires", "ticket"];
    const rows = deviations.map((each) => [
      each.service,
      each.environment,
      each.rule,
      each.subject,
      each.owner,
      each.approvedBy,
      `${each.expires} (${each.daysLeft} days)`,
      each.ticket,
    ]);
    terminal.out(
      drawTable(
        terminal,
        heads.map((head) => ({ head })),
        rows,
      ),
    );
  }
  for (const warning of expiryWarnings(deviations)) terminal.out(`note: ${warning}`);
  printFindings(terminal, expired);
}

/**
 * The day that expiry is judged by: `--today`, else the clock's in UTC.
 * @throws PavedError PVD4003 when it is no day
 */
export function dayOf(options: OptionValues): string {
  const { today } = options;
  if (typeof today !== "string") return new Date().toISOString().slice(0, 10);
  const parsed = new Date(`${today}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(today) && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(today))
    return today;
  throw new PavedError({
    code: "PVD4003",
    where: "--today",
    got: JSON.stringify(today),
    want: "a day, as YYYY-MM-DD",
    fix: "leave it out for today",
  });
}
