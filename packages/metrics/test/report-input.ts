import type { EventLog, Figure, MetricId, PavedEvent, Report, ReportInput } from "../src";
import { instant } from "./events";

/** A Saturday, in the last of the weeks. */
export const UNTIL = instant("2027-03-20T12:00:00Z");

/** The log that these events make, as a reader gives it. */
export function logOf(...events: readonly PavedEvent[]): EventLog {
  return { events: events.toSorted((a, b) => a.at - b.at), damaged: [], newer: 0 };
}

/** What a report is counted from where a test says nothing else: a fleet of one service, and four weeks. */
export function input(more: Partial<ReportInput> = {}): ReportInput {
  return {
    until: UNTIL,
    weeks: 4,
    place: "sandbox",
    target: "staging",
    log: logOf(),
    services: new Map(),
    environments: new Map(),
    layers: ["network", "cluster"],
    standing: { adoption: { part: 9, whole: 10 }, deviation: { part: 1, whole: 4 } },
    past: [],
    ...more,
  };
}

/** One figure of a report. */
export function figure({ figures }: Report, id: MetricId): Figure {
  return figures.find((each) => each.id === id)!;
}
