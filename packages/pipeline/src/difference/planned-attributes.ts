import { type AttributeDifference, attributeDifferences } from "./attributes";
import { MASK } from "./masked";

/** One change as `tofu show -json` has it, as far as Paved reads it. */
export interface DocumentedChange {
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
}

/** Attributes that a provider computes from others: they follow what was changed, and say nothing new. */
const FOLLOWING = new Set(["tags_all"]);

/** What a change does to each attribute. What the engine marks as sensitive, and what looks like a secret, is masked. */
export function plannedAttributes(change: DocumentedChange): readonly AttributeDifference[] {
  const hide = (value: unknown): unknown =>
    withoutMarked(withoutMarked(value, change.before_sensitive), change.after_sensitive);
  return attributeDifferences(change.before, change.after, "", hide).filter(
    ({ path }) => !FOLLOWING.has(path.split(/[.[]/)[0] ?? ""),
  );
}

/** A value without what the engine marks as sensitive in it; the marks have its form, with `true` in their place. */
function withoutMarked(value: unknown, marks: unknown): unknown {
  if (marks === true) return value === undefined || value === null ? value : MASK;
  if (typeof marks !== "object" || marks === null || typeof value !== "object" || value === null) return value;
  const mark = (key: string | number): unknown => (marks as Readonly<Record<string | number, unknown>>)[key];
  if (Array.isArray(value)) return value.map((each, index) => withoutMarked(each, mark(index)));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutMarked(each, mark(key))]));
}
