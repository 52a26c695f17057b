import { type AttributeDifference, attributeDifferences } from "./attributes";
import { maskedDifference } from "../impact/masked";

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
  const hidden = [change.before_sensitive, change.after_sensitive];
  return attributeDifferences(change.before, change.after)
    .filter(({ path }) => !FOLLOWING.has(path.split(/[.[]/)[0] ?? ""))
    .map((each) =>
      maskedDifference(
        each,
        hidden.some((marks) => isMarked(marks, each.path)),
      ),
    );
}

/** Whether the engine marks the value at a path, or what it is in, or anything in it, as sensitive. */
function isMarked(marks: unknown, path: string): boolean {
  let here = marks;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    if (here === true) return true;
    if (typeof here !== "object" || here === null) return false;
    here = (here as Readonly<Record<string, unknown>>)[step];
  }
  return JSON.stringify(here)?.includes("true") ?? false;
}
