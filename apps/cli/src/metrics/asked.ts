import { type EventPlace, readTickets, type Ticket } from "@paved/metrics";
import { Findings, isDay, PavedError } from "@paved/model";
import type { OptionValues } from "../command-spec";
import { formatOf } from "../commands/report-options";
import { readGiven } from "../events/event-logs";

const DAY = 86_400_000;
const MOST_WEEKS = 520;

/** How metrics are asked for. */
export interface AskedMetrics {
  readonly format: "table" | "json" | "openmetrics" | "svg" | "grafana";
  readonly weeks: number;
  /** Where they end, in milliseconds since 1970. */
  readonly until: number;
  readonly place: EventPlace;
  /** Environment of the first deployment. */
  readonly target: string;
  /** Files of events, beside the workspace's own. */
  readonly logs: readonly string[];
  /** @default - no export was given */
  readonly tickets: readonly Ticket[] | undefined;
}

/**
 * What the options of `paved metrics` ask for.
 * @throws PavedError PVD4003 for options that are wrong or do not go together, PVD8001 for exports that cannot be read, all
 * at once
 */
export function askedMetrics(options: OptionValues): AskedMetrics {
  const wrong = new Findings();
  const format = wrong.collect(() => metricsFormat(options))!;
  const weeks = wrong.collect(() => weeksOf(options))!;
  const until = wrong.collect(() => untilOf(options))!;
  const tickets = wrong.collect(() => ticketsOf(options));
  wrong.throwIfAny();
  const place = options["live"] === true ? "live" : "sandbox";
  const target = String(options["to"] ?? "staging");
  return { format, weeks, until, place, target, logs: namesOf(options["log"]) ?? [], tickets };
}

function metricsFormat(options: OptionValues): AskedMetrics["format"] {
  const format = formatOf(options, "table") as AskedMetrics["format"];
  if (format !== "table" || options["output"] === undefined) return format;
  const [want, fix] = ["options that go together", "say a format, for example --format svg"];
  throw new PavedError({ code: "PVD4003", where: "--output", got: "--output with a table", want, fix });
}

function weeksOf({ weeks = "12" }: OptionValues): number {
  const count = Number(weeks);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_WEEKS) return count;
  const want = `a whole number from 1 to ${MOST_WEEKS}`;
  throw new PavedError({ code: "PVD4003", where: "--weeks", got: String(weeks), want, fix: "leave it out for 12" });
}

/** The end of the day that `--until` names, in UTC; now when it names none. */
function untilOf({ until }: OptionValues): number {
  if (until === undefined) return Date.now();
  const got = String(until);
  if (isDay(got)) return Date.parse(`${got}T00:00:00Z`) + DAY;
  const fix = "write it like 2027-03-31";
  throw new PavedError({ code: "PVD4003", where: "--until", got, want: "a day, as YYYY-MM-DD", fix });
}

function ticketsOf({ tickets, label }: OptionValues): readonly Ticket[] | undefined {
  const exports = namesOf(tickets)?.map((name) => ({ name, text: readGiven("--tickets", name, name) }));
  return exports && readTickets(exports, namesOf(label) ?? ["platform"]);
}

function namesOf(value: OptionValues[string]): readonly string[] | undefined {
  return Array.isArray(value) ? (value as readonly string[]) : undefined;
}
