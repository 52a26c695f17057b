import type { ChangeCounts, PlanEvidence, PlannedLoss } from "@paved/model";
import { heldBy } from "../impact/stateful";

/** One change of a plan, as OpenTofu's JSON has it: the fields that Paved reads. */
export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  /** Set for what a replacement has left behind. */
  readonly deposed?: string;
  /** Why it is done, where OpenTofu says so: `replace_because_tainted`. */
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after?: unknown;
    /** The same shape as `after`, with true for what is known only after the apply. */
    readonly after_unknown?: unknown;
    readonly importing?: object;
  };
}

interface PlanDocument {
  readonly resource_changes?: readonly ResourceChange[];
}

/** Every change that the JSON of a plan has, reads and moves included. */
export function changesIn(document: string): readonly ResourceChange[] {
  const { resource_changes: changes = [] } = JSON.parse(document) as PlanDocument;
  return changes.filter((change) => actionOf(change) !== undefined);
}

/** What is done to a resource, in one word. @returns nothing when nothing is */
export function actionOf({ change, previous_address: before }: ResourceChange): string | undefined {
  const { actions, importing } = change;
  if (actions.includes("forget")) return "forget";
  if (actions.length > 1) return "replace";
  if (actions[0] !== "no-op") return actions[0];
  if (importing !== undefined) return "import";
  return before === undefined ? undefined : "move";
}

/** What a plan does, from its JSON. */
export function summaryOf(document: string): Omit<PlanEvidence, "hash"> {
  const changes = changesIn(document);
  const actions: Record<string, string[]> = {};
  for (const change of changes) (actions[actionOf(change)!] ??= []).push(change.address);
  const sorted = Object.entries(actions).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    counts: countsOf(actions),
    actions: Object.fromEntries(sorted.map(([action, addresses]) => [action, addresses.toSorted()])),
    losses: changes.flatMap(lossOf).toSorted((one, other) => (one.address < other.address ? -1 : 1)),
  };
}

/** What is lost by a change, when the resource holds something. What a replacement left behind goes as it was allowed to. */
function lossOf(change: ResourceChange): readonly PlannedLoss[] {
  const { address, deposed } = change;
  const action = actionOf(change);
  const loses = heldBy(address);
  if (loses === undefined || (action !== "delete" && action !== "replace")) return [];
  return [{ address, action: action === "delete" && deposed === undefined ? "destroy" : "replace", loses }];
}

function countsOf(actions: Readonly<Record<string, readonly string[]>>): ChangeCounts {
  const count = (action: string): number => actions[action]?.length ?? 0;
  const replaced = count("replace");
  return { add: count("create") + replaced, change: count("update"), destroy: count("delete") + replaced };
}
