import type { BundledStack, BundleEvidence } from "@paved/model";
import { contractAt } from "../impact/effects";
import type { RunResult } from "../run/result";
import type { Fleet } from "../workspace/fleet";

/**
 * A result with a note on every stack whose plan was made on facts that the bundle itself changes: what was reviewed is
 * applied as it is, and what follows from the other facts wants a bundle of its own.
 */
export function withOvertaken(result: RunResult, { stacks }: BundleEvidence, fleet: Fleet): RunResult {
  const publishers = new Set(stacks.filter(publishes).map(({ name }) => name));
  const planned = new Set(stacks.filter(({ status }) => status !== "waits").map(({ name }) => name));
  const consumers = new Map(fleet.stacks.map(({ name, consumes }) => [name, consumes]));
  return {
    ...result,
    stacks: result.stacks.map((stack) => {
      const consumed = planned.has(stack.name) ? (consumers.get(stack.name) ?? []) : [];
      const from = [...new Set(consumed.map((each) => each.from))].filter((name) => publishers.has(name));
      if (from.length === 0) return stack;
      const note = `planned before ${from.join(", ")} publishes other facts: when this bundle is applied, plan it again`;
      return { ...stack, notes: [...stack.notes, note] };
    }),
  };
}

/** Whether a plan writes a contract that others read. */
function publishes({ plan }: BundledStack): boolean {
  const { read: _read, ...written } = plan?.actions ?? {};
  return Object.values(written)
    .flat()
    .some((address) => contractAt(address) !== undefined);
}
