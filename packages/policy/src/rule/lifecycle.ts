import { at, blocks, isAtLeast, isSet, isWithin, shown, unless } from "./attributes";
import type { Attributes, Violation } from "./rule";

const ABORT = "abort_incomplete_multipart_upload.days_after_initiation";
const FORGET = "noncurrent_version_expiration.noncurrent_days";

/** Whether a rule is of the whole bucket: neither a prefix nor a filter narrows it. */
function isWhole(rule: Attributes): boolean {
  return !isSet(rule["prefix"]) && blocks(rule["filter"]).every((filter) => !Object.values(filter).some(isSet));
}

/**
 * What is wrong with the rules by which a bucket forgets: of uploads and old versions, which have to go in time, and of
 * objects, which do not go by themselves.
 */
export function lifecycleFaults(
  rules: readonly Attributes[],
  holdsLogs: boolean,
  isProtected: boolean,
): readonly Violation[] {
  const enabled = rules.filter(({ status }) => status === "Enabled");
  const whole = enabled.filter(isWhole);
  const leastDays = isProtected ? 7 : 1;
  return [
    ...unless(
      whole.some((rule) => isWithin(1, 14)(at(rule, ABORT))),
      "uploads are not aborted within 14 days",
    ),
    ...unless(
      whole.some((rule) => isWithin(leastDays, 1100)(at(rule, FORGET))),
      "old versions are kept for ever",
    ),
    ...enabled
      .map((rule) => at(rule, FORGET))
      .filter((days) => days !== undefined && !isAtLeast(leastDays)(days))
      .map((days) => ({ got: `old versions are gone after ${shown(days)} days` })),
    ...enabled
      .flatMap((rule) => blocks(rule["expiration"]))
      .filter(({ days, date }) => isSet(days) || isSet(date))
      .filter(({ days }) => !holdsLogs || !isAtLeast(isProtected ? 365 : 30)(days))
      .map((expiration) => ({ got: `objects expire: ${shown(expiration)}` })),
  ];
}
