import type { MetricId } from "../definitions";
import type { Window } from "../window";
import type { Figure } from "./figure";

/** What part of a whole is so. */
export interface Share {
  /** How many are. */
  readonly part: number;
  /** Of how many. */
  readonly whole: number;
}

/** How services stood to their golden paths. */
export interface Standing {
  /** Resources that golden paths made, of all. */
  readonly adoption: Share;
  /** Stacks of services with a deviation, of all. */
  readonly deviation: Share;
}

/** A {@link Standing} that was written down. */
export interface PastStanding extends Standing {
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Adoption or deviation rate: how it is now, and how it was at the end of each week before.
 * @param past what was written down, in any order
 */
export function shareFigure(
  id: Extract<MetricId, "golden-path-adoption" | "deviation">,
  now: Standing,
  past: readonly PastStanding[],
  { weeks }: Window,
): Figure {
  const of = id === "deviation" ? "deviation" : "adoption";
  const sorted = past.toSorted((a, b) => a.at - b.at);
  const value = shareOf(now[of]);
  const weekly = weeks.map(({ to }, index) => {
    if (index === weeks.length - 1) return value ?? null;
    const last = sorted.findLast(({ at }) => at < to);
    return (last && shareOf(last[of])) ?? null;
  });
  return { id, ...(value !== undefined && { value }), count: now[of].whole, weekly, notes: [] };
}

/** Of nothing there is no share. */
function shareOf({ part, whole }: Share): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
