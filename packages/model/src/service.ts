import { z } from "zod";
import { Findings } from "./errors/paved-error";
import { isReservedName } from "./reserved-names";
import { shown, valueAt } from "./shown";

/** Who owns a service and what to do when it fails. Who and what are required: no owner, no synth. */
export interface ServiceMetadata {
  /** Name of the service, its namespace and its file: lower-case letters, digits and hyphens, and no name of the platform's. */
  readonly name: string;
  /** Owning team, as in the catalog. */
  readonly owner: string;
  /** 1: the business stops without it, 2: a part of it degrades, 3: internal. Sets alert severity. */
  readonly tier: 1 | 2 | 3;
  /** On-call rotation that alerts go to. */
  readonly onCall: string;
  /** What to do when it fails, an https address. */
  readonly runbook: string;
  /** What it is for, in a sentence of at most 200 characters. @default - its kind, owner and tier */
  readonly description?: string;
  /** System that it is a part of, with other services. @default - that of its owner, called as the team is */
  readonly system?: string;
}

/** The system that a service is a part of. */
export function systemOf({ system, owner }: Pick<ServiceMetadata, "system" | "owner">): string {
  return system ?? owner;
}

const text = (pattern: RegExp, words: string) => z.string(words).regex(pattern, words);
const team = (what: string) => text(/^[a-z][a-z0-9-]*$/, `${what}: lower-case letters, digits and hyphens`);

const serviceSchema = z.strictObject(
  {
    name: text(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, "lower-case letters, digits and hyphens, starting with a letter").refine(
      (name) => !isReservedName(name),
      "a name that neither Kubernetes nor the platform has for itself",
    ),
    owner: team("a team name"),
    tier: z.union([z.literal(1), z.literal(2), z.literal(3)], "1, 2 or 3"),
    onCall: team("an on-call rotation"),
    runbook: z.url({ protocol: /^https$/, error: "an https address" }),
    description: text(/^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u, "a sentence: one line of at most 200 characters").optional(),
    system: team("a system name").optional(),
  },
  "an object with name, owner, tier, onCall and runbook",
);

/**
 * Checks service metadata at the edge, for input that did not pass the type checker.
 *
 * @param file the service file, named in the errors
 * @throws PavedError PVD1005, one finding a wrong field
 */
export function parseServiceMetadata(data: unknown, file: string): ServiceMetadata {
  const findings = new Findings();
  const parsed = serviceSchema.safeParse(data);
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path.map(String).join(".");
    const known = issue.code !== "unrecognized_keys";
    findings.add({
      code: "PVD1005",
      where: `${file} ${field}`.trim(),
      got: known ? shown(valueAt(data, issue.path)) : issue.keys.join(", ").slice(0, 120),
      want: known ? issue.message : "only name, owner, tier, onCall, runbook, description and system",
      fix: known ? `set ${field || "them"} in ${file}` : `remove it from ${file}`,
    });
  }
  findings.throwIfAny();
  return parsed.data as ServiceMetadata;
}
