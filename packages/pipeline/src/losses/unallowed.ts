import type { Finding } from "@paved/model";
import { consentFindings, lossFindings } from "./consent";
import { summaryOf } from "../bundle/plan-document";
import type { Plan, StackEngine } from "../tofu/stack-engine";
import type { FleetStack } from "../workspace/fleet";

/** A stack that was planned just now, and the day that consents to losses are judged by. */
export interface Planned {
  readonly stack: FleetStack;
  readonly engine: StackEngine;
  readonly today: string;
}

/**
 * What stands against an apply of the plan that the engine just made: PVD5016 for each loss that no record allows, and
 * PVD5017 for the consents of a stack that loses something. A plan that neither destroys nor replaces is not read.
 */
export async function unallowedLosses({ stack, engine, today }: Planned, plan: Plan): Promise<readonly Finding[]> {
  if (!mayLose(plan)) return [];
  const { losses } = summaryOf(await engine.document());
  if (losses.length === 0) return [];
  return [...consentFindings({ stacks: [stack] }, today), ...lossFindings(stack, losses, today)];
}

/** Either of the two that the engine says is enough: what only one of them tells of is a reason to look. */
function mayLose({ counts, changes }: Plan): boolean {
  return counts.destroy > 0 || changes.some(({ action }) => action === "delete" || action === "replace");
}
