import { actionOf, changesIn, type ResourceChange } from "./plan-document";

/**
 * What a plan does that another, which was reviewed and applied in part, did not: addresses, with what is wrong. Every
 * change has to be one of those that were reviewed, with every value that was known then. What a replacement had begun is
 * finished by a create, or by the removal of what it left behind; what was not created to its end is made once more.
 */
export function strayChanges(reviewed: string, rest: string): readonly string[] {
  const known = new Map(changesIn(reviewed).map((change) => [change.address, change]));
  return changesIn(rest).flatMap((change) => {
    const action = actionOf(change)!;
    const before = known.get(change.address);
    const was = before && actionOf(before);
    if (before === undefined || !(action === was || finishes(change, action, was)))
      return [`${change.address} (${action})`];
    return change.deposed !== undefined || hasReviewedValues(before, change)
      ? []
      : [`${change.address} (other values)`];
  });
}

function finishes({ deposed, action_reason: reason }: ResourceChange, action: string, reviewed?: string): boolean {
  if (reviewed === "create") return action === "replace" && reason === "replace_because_tainted";
  return reviewed === "replace" && (action === "create" || (action === "delete" && deposed !== undefined));
}

function hasReviewedValues({ change: reviewed }: ResourceChange, { change: now }: ResourceChange): boolean {
  return agrees(reviewed.after, reviewed.after_unknown, now.after);
}

/** Whether a value is what was reviewed, where that was known. */
function agrees(reviewed: unknown, unknown: unknown, now: unknown): boolean {
  if (unknown === true) return true;
  const [had, has] = [partsOf(reviewed), partsOf(now)];
  if (had === undefined || has === undefined) return had === has && reviewed === now;
  const unknownParts = partsOf(unknown) ?? {};
  const names = new Set([...Object.keys(had), ...Object.keys(has)]);
  return [...names].every((name) => agrees(had[name], unknownParts[name], has[name]));
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}
