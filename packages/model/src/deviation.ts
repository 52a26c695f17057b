import { z } from "zod";
import { day } from "./day";
import { shown, valueAt } from "./shown";
import { Findings } from "./errors/paved-error";

/** Why a service leaves its golden path in one point, for how long, and who answers for it. */
export interface DeviationTerms {
  /** What is left: the id of a rule (`K8S-POD-001`), or the promise in a word (`startup-time`); a list, where it is several. */
  readonly rule: string | readonly string[];
  /** Why the golden path does not fit, in a sentence. */
  readonly reason: string;
  /** Team that answers for it: the one that owns the service. */
  readonly owner: string;
  /** Where going back is tracked: an https address. */
  readonly ticket: string;
  /** Day it expires, as `YYYY-MM-DD`, at most 365 days ahead: `paved check` warns 30 days before, and fails on the day. */
  readonly expires: string;
  /** Team that agreed to it: an approver of the environment, for a critical rule one that answers for security. */
  readonly approvedBy: string;
}

/** A deviation from one rule, as the fleet's index lists it. */
export interface DeviationEntry extends Omit<DeviationTerms, "rule"> {
  readonly rule: string;
  /** What it changes: `Deployment/orders`, or the id of what was added to the stack. */
  readonly subject: string;
  /** The service file, relative to the workspace. */
  readonly source: string;
  /** What it makes of it, each value with its path: `spec.replicas is 1`. What was agreed to is this. */
  readonly got: readonly string[];
}

const RULE = "the id of a rule, or a word such as startup-time";
const rule = z.string(RULE).regex(/^[A-Za-z][\w-]{1,63}$/, RULE);
const rules = z
  .array(rule)
  .min(1, RULE)
  .refine((all) => new Set(all).size === all.length, "each rule once");

const TEAM = "a team name: lower-case letters, digits and hyphens";
const team = z.string(TEAM).regex(/^[a-z][a-z0-9-]*$/, TEAM);

const SENTENCE = "a sentence of at least 15 characters";

const schema = z
  .strictObject(
    {
      rule: z.union([rule, rules], `${RULE}, or a list of them`),
      reason: z.string(SENTENCE).trim().min(15, SENTENCE).max(500, "at most 500 characters"),
      owner: team,
      ticket: z.url({ protocol: /^https$/, error: "an https address" }),
      expires: day("a day that exists, as YYYY-MM-DD"),
      approvedBy: team,
    },
    "terms: rule, reason, owner, ticket, expires and approvedBy",
  )
  .refine((terms) => terms.approvedBy !== terms.owner, {
    path: ["approvedBy"],
    message: "another team than the owner",
  });

/** What is left, one by one. */
export function rulesOf({ rule }: Pick<DeviationTerms, "rule">): readonly string[] {
  return typeof rule === "string" ? [rule] : rule;
}

/**
 * Checks the terms of a deviation.
 * @param where the service file, named in the errors
 * @throws PavedError PVD1031, one finding a wrong field, all at once
 */
export function parseDeviationTerms(terms: DeviationTerms, where: string): DeviationTerms {
  const findings = new Findings();
  const parsed = schema.safeParse(terms);
  for (const issue of parsed.error?.issues ?? []) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys.map((each) => each.slice(0, 40))) {
        const want = `only ${Object.keys(schema.shape).join(", ")}`;
        findings.add({
          code: "PVD1031",
          where: `${where} deviate ${key}`,
          got: "a field that nobody reads",
          want,
          fix: "remove it",
        });
      }
      continue;
    }
    const field = issue.path.map(String).join(".");
    const got = shown(valueAt(terms, issue.path));
    const at = `${where} deviate ${field}`.trim();
    findings.add({ code: "PVD1031", where: at, got, want: issue.message, fix: `correct ${field || "the terms"}` });
  }
  findings.throwIfAny();
  return parsed.data as DeviationTerms;
}
