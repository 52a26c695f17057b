import type { ChangeCounts } from "@paved/model";

/** A diagnostic as OpenTofu prints it with `-json`, the fields that Paved reads. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly snippet?: { readonly context?: string | null };
}

/** What a plan would do to one address. */
export interface PlannedChange {
  readonly address: string;
  readonly action: "create" | "update" | "delete" | "replace" | "read" | "move" | "import" | "forget" | "noop";
}

/** What a line of `-json` output says, as far as Paved listens. */
export type Message =
  | { readonly type: "planned"; readonly change: PlannedChange }
  | { readonly type: "summary"; readonly operation: string; readonly counts: ChangeCounts }
  | { readonly type: "started"; readonly address: string }
  | { readonly type: "completed"; readonly address: string }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic };

interface Line {
  readonly type?: string;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: PlannedChange["action"] };
  readonly changes?: {
    readonly add: number;
    readonly change: number;
    readonly remove: number;
    readonly operation: string;
  };
  readonly hook?: { readonly resource: { readonly addr: string } };
  readonly diagnostic?: Diagnostic;
}

/** Reads one line of OpenTofu's `-json` output; lines of other kinds give undefined. */
export function parseMessage(text: string): Message | undefined {
  const line = parse(text);
  switch (line?.type) {
    case "planned_change":
      return line.change && { type: "planned", change: toChange(line.change) };
    case "change_summary":
      return line.changes && { type: "summary", operation: line.changes.operation, counts: toCounts(line.changes) };
    case "apply_start":
      return line.hook && { type: "started", address: line.hook.resource.addr };
    case "apply_complete":
      return line.hook && { type: "completed", address: line.hook.resource.addr };
    case "diagnostic":
      return line.diagnostic && { type: "diagnostic", diagnostic: line.diagnostic };
    default:
      return undefined;
  }
}

/** The diagnostics in the single document of `validate -json`. */
export function parseValidation(text: string): readonly Diagnostic[] {
  return (parse(text) as { diagnostics?: Diagnostic[] } | undefined)?.diagnostics ?? [];
}

/** The one JSON document of an output: OpenTofu prints warnings on a user's CLI configuration before it, as text. */
export function documentIn(output: string): string {
  const start = output.search(/^\{/m);
  return start < 0 ? "" : output.slice(start);
}

/** No change at all. */
export const NO_CHANGES: ChangeCounts = { add: 0, change: 0, destroy: 0 };

function toChange({ resource, action }: NonNullable<Line["change"]>): PlannedChange {
  return { address: resource.addr, action };
}

function toCounts({ add, change, remove }: NonNullable<Line["changes"]>): ChangeCounts {
  return { add, change, destroy: remove };
}

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
