import { z } from "zod";
import type { BundleEvidence } from "./bundle";
import { PavedError } from "./errors/paved-error";
import { shown, valueAt } from "./shown";

const text = z.string("text");
const texts = z.array(text, "a list");
const count = z.int("a whole number").min(0, "a whole number");
const hash = z.string("a SHA-256").regex(/^[0-9a-f]{64}$/, "a SHA-256");
const commit = z.string("a commit").regex(/^[0-9a-f]{40,64}$/, "a commit");
/** It is also the name of a file. */
const stackName = z.string("a stack").regex(/^[a-z0-9][a-z0-9-]*$/, "a stack");

const plan = z.strictObject({
  hash,
  counts: z.strictObject({ add: count, change: count, destroy: count }),
  actions: z.record(text, texts, "addresses by action"),
  losses: z.array(
    z.strictObject({ address: text, action: z.enum(["destroy", "replace"], "what is done"), loses: text }),
    "a list",
  ),
});

const stack = z.strictObject({
  name: stackName,
  environment: text,
  status: z.enum(["planned", "unchanged", "waits"], "how it was planned"),
  root: hash,
  providers: z.record(text, text, "versions by provider"),
  lock: hash.optional(),
  state: z.strictObject({ lineage: text, serial: count }).optional(),
  plan: plan.optional(),
  waitsFor: texts,
});

const schema = z.strictObject(
  {
    version: z.literal(1, "version 1"),
    mode: z.enum(["sandbox", "live"], "sandbox or live"),
    commit: z.strictObject({
      id: commit,
      clean: z.boolean("true or false"),
      brought: z.array(commit, "a list"),
      authors: texts,
    }),
    base: z.strictObject({ revision: text, commit, tree: commit }).optional(),
    engine: text,
    encryption: z.enum(["passphrase", "kms"], "passphrase or kms"),
    day: text.optional(),
    policy: z.strictObject({ rules: count, checks: count, broken: count, hash }),
    approvals: z.record(text, count, "approvals by environment"),
    stacks: z
      .array(stack, "a list")
      .refine((all) => all.every(({ status, plan: has }) => (status === "planned") === (has !== undefined)), {
        message: "a plan for each stack that is planned, and for no other",
      })
      .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { message: "each stack once" }),
  },
  "an object",
) satisfies z.ZodType<BundleEvidence>;

/**
 * Checks the evidence of a bundle, which somebody may have damaged or written.
 * @param file where it was read from, named in the error
 * @throws PavedError PVD5003 when it is of another version, PVD5002 with the first field that is not as it is written
 */
export function parseBundleEvidence(data: unknown, file: string): BundleEvidence {
  const fix = "plan anew: paved plan --bundle <directory>";
  const version = (data as { version?: unknown } | null)?.version;
  if (typeof version === "number" && version !== 1) {
    const want = "version 1, which this Paved writes and reads";
    throw new PavedError({ code: "PVD5003", where: file, got: `version ${version}`, want, fix });
  }
  const [issue] = schema.safeParse(data).error?.issues ?? [];
  if (issue === undefined) return data as BundleEvidence;
  const where = `${file} ${issue.path.map(String).join(".") || "evidence"}`;
  throw new PavedError({ code: "PVD5002", where, got: shown(valueAt(data, issue.path)), want: issue.message, fix });
}
