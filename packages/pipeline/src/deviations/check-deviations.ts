import type { DeviationEntry, FleetIndex } from "@paved/model";
import { checkRecords, type RecordCheck, type RecordWords } from "../records/check-records";
import type { Recorded } from "../records/record";
import { recordFileOf } from "../workspace/record-files";
import type { Workspace } from "../workspace/workspace";

const WORDS: RecordWords = {
  folder: "deviations",
  code: "PVD2022",
  more: "not agreed to",
  less: "agreed to, and no longer so",
  want: "deviations as they were agreed to",
  fix: "have who agreed look at it again, run paved check --write, and commit the file, which the review sees",
};

/**
 * Holds what every deviation makes of its subject against what was agreed to: whatever value changes, and whatever the
 * terms say of who agreed and until when, changes a file that a review sees in words: PVD2022.
 */
export function checkDeviations(
  workspace: Workspace,
  { stacks }: Pick<FleetIndex, "stacks">,
  { write = false } = {},
): RecordCheck {
  const records = stacks.map((stack) => [recordFileOf(stack, "deviations"), recordOf(stack.deviations)] as const);
  return checkRecords(workspace, records, WORDS, write);
}

/** What was agreed to, by from what and with whom; what several deviations say of one subject stands together. */
function recordOf(deviations: readonly DeviationEntry[]): Recorded {
  const record = new Map<string, readonly string[]>();
  for (const { rule, subject, approvedBy, expires, got } of deviations) {
    const agreed = `${rule} of ${subject}: ${approvedBy} agreed until ${expires}`;
    record.set(agreed, [...(record.get(agreed) ?? []), ...got]);
  }
  return record;
}
