import { hasToken } from "./literal";

/** Characters of a value that an error shows. */
const LONGEST = 120;

/** A value as an error may show it: as JSON, cut short, and never an exception, whatever it is. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  try {
    if (hasToken(value)) return "a value only known after apply";
    const text = typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? `a ${typeof value}`);
    return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
  } catch {
    return kindOf(value);
  }
}

/** The value at a path of fields; undefined where there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}

/** What sort of value it is, in words, for what must not be shown itself. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
