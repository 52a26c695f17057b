import { type Objective, OBJECTIVE_DAYS } from "../objective";
import type { ObservedService } from "../observed";
import { type Labels, series } from "../promql";
import type { Alert } from "./alert";
import type { Urgency } from "./severity";

/** When a budget is used up too fast: over a long window, and still so over a short one. */
export interface BurnRate {
  /** How many times faster than would use it up in 30 days. */
  readonly times: number;
  readonly long: string;
  readonly short: string;
  readonly urgency: Urgency;
}

/** The windows of the SRE workbook (Google, "Alerting on SLOs", table 5-8): 2 % of the budget in an hour, 5 % in six, 10 % in a day or in three. */
export const BURN_RATES: readonly BurnRate[] = [
  { times: 14.4, long: "1h", short: "5m", urgency: "page" },
  { times: 6, long: "6h", short: "30m", urgency: "page" },
  { times: 3, long: "1d", short: "2h", urgency: "ticket" },
  { times: 1, long: "3d", short: "6h", urgency: "ticket" },
];

/** Every window that {@link BURN_RATES} looks at. The long ones cost Prometheus most and change least. */
const WINDOWS = { short: ["5m", "30m", "1h", "2h", "6h"], long: ["1d", "3d"] } as const;

function labels(observed: ObservedService, objective: Objective) {
  return {
    service: observed.service.name,
    environment: observed.environment.name,
    slo: objective.name,
  } satisfies Labels;
}

/** Name under which the bad share over a window is recorded. */
export function recordedRatio(window: string): string {
  return `slo:sli_error:ratio_rate${window}`;
}

/** The recorded bad share of a promise, 0 to 1. */
export function recorded(observed: ObservedService, objective: Objective, window: string): string {
  return series(recordedRatio(window), labels(observed, objective));
}

/**
 * The bad share over each window, kept so that alerts and dashboards do not count it again.
 *
 * @param windows those of hours, or those of days
 */
export function recordingRules(observed: ObservedService, objective: Objective, windows: keyof typeof WINDOWS) {
  return WINDOWS[windows].map((window) => ({
    record: recordedRatio(window),
    expr: objective.badRatio(window),
    labels: labels(observed, objective),
  }));
}

/**
 * Alerts that come when the promise will be broken if it goes on like that: early when much fails, late when little does,
 * and that go soon after it is over.
 */
export function burnRateAlerts(observed: ObservedService, objective: Objective): readonly Alert[] {
  return BURN_RATES.map(({ times, long, short, urgency }) => {
    const over = (window: string) => `${recorded(observed, objective, window)} > ${times} * ${objective.budget}`;
    return {
      name: objective.name === "availability" ? "AvailabilityBudgetBurn" : "LatencyBudgetBurn",
      expr: `${over(long)} and ${over(short)}`,
      minutes: 0,
      urgency,
      summary: `${objective.name} budget burns ${times} times too fast`,
      description: `Promised: ${objective.sentence}. At this rate, seen over ${long} and ${short}, the failures that ${OBJECTIVE_DAYS} days allow are used up in ${lasts(times)}.`,
      labels: { slo: objective.name, long_window: long, short_window: short },
    };
  });
}

function lasts(times: number): string {
  const days = OBJECTIVE_DAYS / times;
  return days >= 3 ? `${Math.round(days)} days` : `${Math.round(days * 24)} hours`;
}
