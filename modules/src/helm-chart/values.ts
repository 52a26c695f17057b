import { hasToken, literal } from "@paved/model";

/** Values of a chart: JSON, which is YAML too. */
export type HelmValue = string | number | boolean | null | readonly HelmValue[] | { readonly [key: string]: HelmValue };

function settled(value: HelmValue): HelmValue {
  if (typeof value === "string") return hasToken(value) ? value : literal(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(settled);
  const entries = Object.entries(value as Readonly<Record<string, HelmValue>>);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [literal(key), settled(inner)]),
  );
}

/**
 * Values as one line of JSON with sorted keys: the same values give the same text, however they were put together. Text
 * that looks like an expression of OpenTofu stays text.
 */
export function renderValues(values: Readonly<Record<string, HelmValue>>): string {
  return JSON.stringify(settled(values));
}
