const DAY = 86_400_000;
/** A week in milliseconds. */
export const WEEK = 7 * DAY;
/** 1970-01-01 was a Thursday: the Monday before it is 3 days earlier. */
const FIRST_MONDAY = -3 * DAY;

/** Seven days from a Monday, in UTC. */
export interface Week {
  /** The Monday, as `YYYY-MM-DD`. */
  readonly day: string;
  /** Its beginning, in milliseconds since 1970. */
  readonly from: number;
  /** The beginning of the next one, or where the window ends. */
  readonly to: number;
}

/** The time that figures are of: whole weeks, and of the last one what has passed. */
export interface Window {
  /** Beginning of the first week, in milliseconds since 1970. */
  readonly from: number;
  /** The end, in milliseconds since 1970. */
  readonly to: number;
  readonly weeks: readonly Week[];
}

/**
 * The weeks that end with the one that `until` is in.
 * @param until the end, in milliseconds since 1970
 * @param count weeks, at least 1, of which the last is the one that is going on
 */
export function weeksUntil(until: number, count: number): Window {
  // What ends with a Sunday ends with its week, not with one that has not begun.
  const last = Math.floor((until - 1 - FIRST_MONDAY) / WEEK) * WEEK + FIRST_MONDAY;
  const weeks = Array.from({ length: count }, (_, index): Week => {
    const from = last - (count - 1 - index) * WEEK;
    return { day: dayOf(from), from, to: Math.min(from + WEEK, until) };
  });
  return { from: last - (count - 1) * WEEK, to: until, weeks };
}

/** Whether an instant is in a week or a window. The end is not. */
export function isIn(at: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return at >= from && at < to;
}

/** How long a window is, in weeks. */
export function weeksIn({ from, to }: Window): number {
  return (to - from) / WEEK;
}

/** The day of an instant, in UTC, as `YYYY-MM-DD`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
