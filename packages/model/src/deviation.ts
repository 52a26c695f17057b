import { z } from "zod";
import { shown } from "./shown";
import { Findings } from "./errors/paved-error";

/** Why a service leaves its golden path in one point, for how long, and who answers for it. */
export interface DeviationTerms {
  /** What is left: the id of a rule (`K8S-POD-001`), or the promise in a word (`startup-time`). */
  readonly rule: string;
  /** Why the golden path does not fit, in a sentence. */
  readonly reason: string;
  /** Team that answers for it. */
  readonly owner: string;
  /** Where going back is tracked: an https address. */
  readonly ticket: string;
  /** Day it expires, as `YYYY-MM-DD`: `paved check` warns 30 days ahead, and fails on the day. */
  readonly expires: string;
  /** Team that agreed to it, another than the owner. */
  readonly approvedBy: string;
}

/** A deviation as the fleet's index lists it. */
export interface DeviationEntry extends DeviationTerms {
  /** What it changes: `Deployment/orders`, or the id of what was added to the stack. */
  readonly subject: string;
  /** The service file, relative to the workspace. */
  readonly source: string;
}

const team = z.string().regex(/^[a-z][a-z0-9-]*$/, "a team name: lower-case letters, digits and hyphens");

const schema = z
  .strictObject({
    rule: z.string().regex(/^[A-Za-z][\w-]{1,63}$/, "the id of a rule, or a word such as startup-time"),
    reason: z.string().trim().min(15, "a sentence of at least 15 characters").max(500, "at most 500 characters"),
    owner: team,
    ticket: z.url({ protocol: /^https$/, error: "an https address" }),
    expires: z.iso.date("a day that exists, as YYYY-MM-DD"),
    approvedBy: team,
  })
  .refine((terms) => terms.approvedBy !== terms.owner, {
    path: ["approvedBy"],
    message: "another team than the owner",
  });

/**
 * Checks the terms of a deviation.
 * @param where the service file, named in the errors
 * @throws PavedError PVD1031, one finding a wrong field, all at once
 */
export function parseDeviationTerms(terms: DeviationTerms, where: string): DeviationTerms {
  const findings = new Findings();
  const parsed = schema.safeParse(terms);
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path.map(String).join(".") || "terms";
    findings.add({
      code: "PVD1031",
      where: `${where} deviate ${field}`,
      got: shown((terms as unknown as Record<string, unknown> | undefined)?.[field]),
      want: issue.code === "unrecognized_keys" ? "no other fields" : issue.message,
      fix: `correct ${field}`,
    });
  }
  findings.throwIfAny();
  return parsed.data as DeviationTerms;
}
