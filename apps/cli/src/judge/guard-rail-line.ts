import type { GuardRails } from "@paved/pipeline";
import { quantity } from "../terminal/quantity";

/** What the guard-rails found, on one line. */
export function guardRailLine({ rules, subjects, checks, waived, broken }: GuardRails): string {
  const judged = quantity(subjects, "resource, manifest or stack", "resources, manifests and stacks");
  const verdict = [`${broken === 0 ? "none" : broken} broken`, ...(waived === 0 ? [] : [`${waived} waived`])].join(
    ", ",
  );
  return `${quantity(rules, "guard-rail")} on ${judged}: ${quantity(checks, "check")}, ${verdict}`;
}
