import { Findings } from "@paved/model";
import type { ObservedService } from "./observed";
import { siteFailureRatio } from "./site-traffic";
import { DURATION_BOUNDS, failureRatio, slowRatio, work } from "./work";

/** Days over which a promise is kept or broken. */
export const OBJECTIVE_DAYS = 30;

/** Share of the work that does not fail, in percent, that each tier promises when the service does not say. */
export const DEFAULT_AVAILABILITY = { 1: 99.9, 2: 99.5, 3: 99 } as const;

/** Share of the work that is done within `latencyMs`, in percent. */
export const IN_TIME_PERCENT = 99;

/** Least and most that can be promised. Below, the fastest alert (14.4 times the allowed failures) could hardly come; above, a single failure is too many. */
const AVAILABILITY = { least: 95, most: 99.999 };

/** One promise of a service, and how it is measured. */
export interface Objective {
  readonly name: "availability" | "latency";
  /** What is promised, in a sentence. */
  readonly sentence: string;
  /** Share that has to be good, in percent. */
  readonly percent: number;
  /** Share that may be bad, 0 to 1. */
  readonly budget: number;
  /** Share that was bad over a window such as `1h`, 0 to 1, in PromQL. */
  readonly badRatio: (window: string) => string;
}

/**
 * What the service promises. A job promises nothing as a share: it runs too rarely, and is watched run by run.
 *
 * @throws PavedError PVD1025 an availability out of bounds, a latency that the histograms have no bound for, or a promise
 * that cannot be measured for the kind, all at once
 */
export function objectives(observed: ObservedService): readonly Objective[] {
  refuseWrong(observed);
  const availability = observed.objectives?.availability ?? DEFAULT_AVAILABILITY[observed.service.tier];
  if (observed.kind === "site") {
    return [promise(observed, availability, (window) => siteFailureRatio(observed, window))];
  }
  const measured = work(observed);
  if (measured === undefined) return [];
  const first = promise(observed, availability, (window) => failureRatio(measured, window));
  const latencyMs = observed.objectives?.latencyMs;
  if (latencyMs === undefined) return [first];
  return [
    first,
    {
      name: "latency",
      sentence: `${IN_TIME_PERCENT} % of the ${measured.pieces} of ${observed.name} take at most ${latencyMs} ms, over ${OBJECTIVE_DAYS} days`,
      percent: IN_TIME_PERCENT,
      budget: budget(IN_TIME_PERCENT),
      badRatio: (window) => slowRatio(measured, latencyMs / 1000, window),
    },
  ];
}

function promise(observed: ObservedService, percent: number, badRatio: Objective["badRatio"]): Objective {
  const pieces = work(observed)?.pieces ?? "requests";
  return {
    name: "availability",
    sentence: `${percent} % of the ${pieces} of ${observed.name} do not fail, over ${OBJECTIVE_DAYS} days`,
    percent,
    budget: budget(percent),
    badRatio,
  };
}

/** 99.9 is 0.001, not 0.0009999999999999432. */
function budget(percent: number): number {
  return Number(((100 - percent) / 100).toFixed(8));
}

function refuseWrong(observed: ObservedService): void {
  const { availability, latencyMs } = observed.objectives ?? {};
  const findings = new Findings();
  const refuse = (field: string, got: number, want: string, fix: string) =>
    findings.add({ code: "PVD1025", where: `${observed.where} objectives.${field}`, got: String(got), want, fix });
  if (availability !== undefined) {
    const { least, most } = AVAILABILITY;
    if (observed.kind === "job")
      refuse("availability", availability, "nothing: a job is watched run by run", "remove it");
    else if (!(availability >= least && availability <= most))
      refuse("availability", availability, `percent, ${least} to ${most}`, "write for example 99.9");
  }
  if (latencyMs !== undefined) {
    const bounds = DURATION_BOUNDS.map((seconds) => seconds * 1000);
    if (work(observed) === undefined)
      refuse("latencyMs", latencyMs, `nothing: no durations of a ${observed.kind} are measured`, "remove it");
    else if (!bounds.includes(latencyMs))
      refuse("latencyMs", latencyMs, `one of ${bounds.join(", ")}`, `write ${nearest(latencyMs, bounds)}`);
  }
  findings.throwIfAny();
}

function nearest(wanted: number, bounds: readonly number[]): number {
  return bounds.reduce((best, bound) => (Math.abs(bound - wanted) < Math.abs(best - wanted) ? bound : best));
}
