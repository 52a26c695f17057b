import type { MetricId } from "../definitions";
import { isIn, type Window } from "../window";

/** What a metric came to. */
export interface Figure {
  readonly id: MetricId;
  /** In the unit of its definition. @default - there is nothing to count it from */
  readonly value?: number;
  /** How many things it was counted from. */
  readonly count: number;
  /** The same for each week of the window; null where there is nothing to count it from. */
  readonly weekly: readonly (number | null)[];
  /** What was left out, and why, each as a line. */
  readonly notes: readonly string[];
}

/** Something that was measured, and when it was over. */
export interface Sample {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/** A figure of the samples in a window, taken together in one way for the whole and for each week. */
export function figureOf(
  id: MetricId,
  samples: readonly Sample[],
  window: Window,
  together: (values: readonly number[]) => number,
): Figure {
  const valuesIn = (time: { readonly from: number; readonly to: number }) =>
    samples.filter(({ at }) => isIn(at, time)).map(({ value }) => value);
  const all = valuesIn(window);
  return {
    id,
    ...(all.length > 0 && { value: together(all) }),
    count: all.length,
    weekly: window.weeks.map((week) => {
      const own = valuesIn(week);
      return own.length === 0 ? null : together(own);
    }),
    notes: [],
  };
}

/** The sum by the number; of at least one. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The one in the middle, or the mean of the two that are; of at least one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1));
}
