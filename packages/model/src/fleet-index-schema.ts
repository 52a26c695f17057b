import { z } from "zod";
import { DELIVERERS } from "./deliverer";
import { PavedError } from "./errors/paved-error";
import type { FleetIndex } from "./fleet-index";
import { shown, valueAt } from "./shown";
import { syncWindowSchema } from "./sync-window";

const text = z.string("text");
const texts = z.array(text, "a list");

const deviation = z.object({
  rule: text,
  reason: text,
  owner: text,
  ticket: text,
  expires: text,
  approvedBy: text,
  subject: text,
  source: text,
  got: texts,
});

const element = z.object({
  path: text,
  goldenPath: text.optional(),
  module: text.optional(),
  source: text.optional(),
});

/** Lists of records, by what became of the addresses. */
export const addressRecords = {
  moved: z.array(z.object({ from: text, to: text }), "a list"),
  retired: z.array(z.object({ path: text, reason: text, until: text.optional() }), "a list"),
  forgotten: z.array(z.object({ address: text, reason: text, to: text.optional() }), "a list"),
  imported: z.array(
    z.object({
      address: text,
      reason: text,
      id: text.optional(),
      from: z.object({ stack: text, address: text }, "a stack and an address").optional(),
    }),
    "a list",
  ),
  replaceable: z.array(z.object({ address: text, until: text, reason: text }), "a list").optional(),
};

const stack = z.object({
  name: text,
  environment: text,
  kind: z.enum(["state", "access", "network", "cluster", "platform", "service"], "a kind of stack"),
  service: text.optional(),
  owner: text,
  directory: text,
  dependsOn: texts,
  publishes: texts,
  consumes: z.array(z.object({ contract: text, from: text }), "a list"),
  release: z.enum(["released", "awaited", "unneeded"], "whether its workload can run").optional(),
  notes: texts,
  deviations: z.array(deviation, "a list"),
  records: z.object(addressRecords, "records"),
  elements: z.record(text, element, "elements by address"),
});

const service = z.object({
  name: text,
  owner: text,
  tier: z.number("a number"),
  onCall: text,
  runbook: text,
  source: text,
  goldenPath: text,
  stacks: texts,
  allowsFrom: texts,
});

const goldenPath = z.object({
  name: text,
  version: z.number("a number"),
  title: text,
  summary: text,
  example: text,
  options: z.record(text, z.unknown(), "a JSON Schema"),
});

const environment = z.object({
  name: text,
  account: text,
  region: text,
  domain: text,
  cidr: text,
  cluster: text,
  apiFrom: texts,
  delivery: z.object(
    {
      by: z.enum(DELIVERERS).optional(),
      repository: text,
      revision: text,
      syncWindow: syncWindowSchema.optional(),
    },
    "what is delivered from",
  ),
  protected: z.boolean("true or false"),
  approvals: z.number("a number"),
  ephemeral: z.object({ owner: text, expires: text }, "an owner and a day").optional(),
});

const schema = z.object(
  {
    version: z.literal(1, "version 1"),
    environments: z.array(environment, "a list"),
    stacks: z.array(stack, "a list"),
    services: z.array(service, "a list"),
    goldenPaths: z.array(goldenPath, "a list"),
  },
  "an object",
) satisfies z.ZodType<FleetIndex>;

/**
 * Checks the index of a synth, which may be damaged, or that of another version of Paved.
 * @param file where it was read from, named in the error
 * @throws PavedError PVD2009 with the first field that is not as synth writes it
 */
export function parseFleetIndex(data: unknown, file: string): FleetIndex {
  const [issue] = schema.safeParse(data).error?.issues ?? [];
  if (issue === undefined) return data as FleetIndex;
  const field = issue.path.map(String).join(".") || "index";
  throw new PavedError({
    code: "PVD2009",
    where: `${file} ${field}`,
    got: shown(valueAt(data, issue.path)),
    want: `${issue.message}, as this version of Paved writes it`,
    fix: "run paved synth",
  });
}
