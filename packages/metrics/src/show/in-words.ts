import type { Definition, Unit } from "../definitions";
import type { Figure } from "../figures/figure";

const SECONDS = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
] as const;

/** A value as people say it: `2.5 d`, `12 min`, `97.3 %`, `4.2 a week`. */
export function inWords(value: number, unit: Unit): string {
  if (unit === "ratio") return `${(value * 100).toFixed(1)} %`;
  if (unit === "a week") return `${value.toFixed(1)} a week`;
  const [size, name] = SECONDS.find(([least]) => value >= least) ?? ([1, "s"] as const);
  return `${rounded(value / size)} ${name}`;
}

/** With a figure after the point only where there are few before it. */
function rounded(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

/** A figure's value as people say it. */
export function valueInWords({ value }: Figure, { unit }: Definition): string {
  return value === undefined ? "no data" : inWords(value, unit);
}

/** What a figure was counted from: `of 3 services`; empty where there is no data. */
export function countInWords({ value, count }: Figure, { of: [one, many] }: Definition): string {
  if (value === undefined) return "";
  return `of ${count} ${count === 1 ? one : many}`;
}
