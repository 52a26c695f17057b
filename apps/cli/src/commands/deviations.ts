import { isDay, PavedError } from "@paved/model";
import {
  adoptionOf,
  deviationMetrics,
  expiredFindings,
  expiryWarnings,
  grouped,
  type Grouping,
  type PlacedDeviation,
  placedDeviations,
  recordHistory,
  type ServiceAdoption,
} from "@paved/pipeline";
import type { CommandContext, CommandRun, OptionValues } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { printFindings } from "../terminal/findings";
import { quantity } from "../terminal/quantity";
import { fleetAtHand } from "./fleet-at-hand";
import { chosenIndex, type ReportOptions, reportOptions } from "./report-options";

const TERMS = ["service", "environment", "rule", "what", "got", "owner", "approved by", "expires", "ticket"];

/** `paved deviations` */
export const deviationsCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const asked = reportOptions(options);
  if (asked.history !== undefined) return printHistory(context, asked.history, asked);
  const today = dayOf(options);
  const index = chosenIndex(await fleetAtHand(context), options);
  const deviations = placedDeviations(index, today);
  const adoption = adoptionOf(index);
  const expired = expiredFindings(deviations);
  if (asked.format === "openmetrics") {
    terminal.out(deviationMetrics(deviations, adoption).trimEnd());
    printFindings(terminal, expired);
  } else if (asked.format === "json") terminal.out(JSON.stringify({ deviations, errors: expired }, null, 2));
  else report(context, deviations, adoption.services, asked.by);
  return expired.length > 0 ? EXIT_CODES.failed.code : EXIT_CODES.ok.code;
};

function report(
  { terminal }: CommandContext,
  deviations: readonly PlacedDeviation[],
  services: readonly ServiceAdoption[],
  by: Grouping | undefined,
): void {
  const expired = expiredFindings(deviations);
  const ended = expired.length > 0 ? `; ${expired.length} expired` : "";
  terminal.out(`${quantity(deviations.length, "deviation")}${ended}`);
  if (by !== undefined) {
    const heads = [by.replace("-", " "), "deviations", "rules, and when they end"].map((head) => ({ head }));
    terminal.out(drawTable(terminal, heads, counts(services, by)));
  } else if (deviations.length > 0) {
    const rows = deviations.map((each) => [
      each.service,
      each.environment,
      each.rule,
      each.subject,
      values(each.got),
      each.owner,
      each.approvedBy,
      `${each.expires} (${each.daysLeft} days)`,
      each.ticket,
    ]);
    terminal.out(
      drawTable(
        terminal,
        TERMS.map((head) => ({ head })),
        rows,
      ),
    );
  }
  for (const warning of expiryWarnings(deviations)) terminal.out(`note: ${warning}`);
  printFindings(terminal, expired);
}

/** The first, and how many there are besides; `--json` and the file of the service have all. */
function values([first = "-", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first}, and ${others.length} more`;
}

function printHistory({ workspace, terminal }: CommandContext, commits: number, asked: ReportOptions): number {
  const { by, choice } = asked;
  const found = recordHistory(workspace, { commits, choice, changes: deviationsOf });
  if (asked.format === "json") {
    const history = found.map(({ services, ...commit }) => ({ ...commit, services: services.filter(deviates) }));
    terminal.out(JSON.stringify({ history }, null, 2));
  } else {
    const group = by === undefined ? [] : [by.replace("-", " ")];
    const titles = ["date", "commit", ...group, "deviations", "rules, and when they end", "what changed it"];
    const rows = found.flatMap(({ commit, date, subject, services }) =>
      (by === undefined ? [count(services)] : counts(services, by)).map((cells) => [
        date,
        commit.slice(0, 8),
        ...cells,
        subject,
      ]),
    );
    terminal.out(`${quantity(found.length, "commit")} changed deviations`);
    terminal.out(
      drawTable(
        terminal,
        titles.map((head) => ({ head })),
        rows,
      ),
    );
  }
  return EXIT_CODES.ok.code;
}

/** What a record says of deviations, and nothing else. */
function deviationsOf(services: readonly ServiceAdoption[]): string {
  const told = services.filter(deviates).map(({ environment, service, deviations, left }) => {
    return JSON.stringify([environment, service, deviations, left]);
  });
  return told.toSorted().join("\n");
}

function deviates({ deviations }: ServiceAdoption): boolean {
  return deviations > 0;
}

function counts(services: readonly ServiceAdoption[], by: Grouping): readonly string[][] {
  return grouped(services, by).map(({ name, own }) => [name, ...count(own)]);
}

/** How many, and what is left until when; what holds in several environments is named once. */
function count(services: readonly ServiceAdoption[]): string[] {
  const left = services.flatMap((each) => each.left.map(({ rule, expires }) => `${rule} ${expires}`));
  const total = services.reduce((sum, { deviations }) => sum + deviations, 0);
  return [String(total), [...new Set(left)].toSorted().join(", ") || "-"];
}

/**
 * The day that expiry is judged by: `--today`, else the clock's in UTC.
 * @throws PavedError PVD4003 when it is no day
 */
export function dayOf(options: OptionValues): string {
  const { today } = options;
  if (typeof today !== "string") return new Date().toISOString().slice(0, 10);
  if (isDay(today)) return today;
  throw new PavedError({
    code: "PVD4003",
    where: "--today",
    got: JSON.stringify(today),
    want: "a day, as YYYY-MM-DD",
    fix: "leave it out for today",
  });
}
