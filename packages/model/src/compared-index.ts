import { z } from "zod";
import { PavedError } from "./errors/paved-error";
import type { EnvironmentEntry, ServiceEntry, StackEntry } from "./fleet-index";
import { addressRecords } from "./fleet-index-schema";
import { shown, valueAt } from "./shown";

/** A stack, as far as it is compared with what it was. */
export type ComparedStack = Pick<
  StackEntry,
  "name" | "environment" | "service" | "owner" | "directory" | "dependsOn" | "records" | "elements"
>;

/**
 * What a comparison of two revisions reads of an index. It is read of every version of the index: that of another revision
 * is as the Paved of that revision writes it.
 */
export interface ComparedIndex {
  readonly environments: readonly Pick<EnvironmentEntry, "name" | "protected">[];
  readonly stacks: readonly ComparedStack[];
  readonly services: readonly Pick<ServiceEntry, "name" | "source" | "goldenPath">[];
}

const text = z.string("text");
const texts = z.array(text, "a list");

const element = z.object({
  path: text,
  goldenPath: text.optional(),
  module: text.optional(),
  source: text.optional(),
});

const stack = z.object({
  name: text,
  environment: text,
  service: text.optional(),
  owner: text,
  directory: text,
  dependsOn: texts,
  records: z
    .object({
      moved: addressRecords.moved.default([]),
      retired: addressRecords.retired.default([]),
      forgotten: addressRecords.forgotten.default([]),
      imported: addressRecords.imported.default([]),
      replaceable: addressRecords.replaceable,
    })
    .default({ moved: [], retired: [], forgotten: [], imported: [] }),
  elements: z.record(text, element, "elements by address").default({}),
});

const service = z.object({ name: text, source: text, goldenPath: text });

/** Environments were names first, with those that are protected in a list of their own. */
const environment = z.union([
  text.transform((name) => ({ name, protected: undefined })),
  z.object({ name: text, protected: z.boolean("true or false").optional() }),
]);

const schema = z.object(
  {
    environments: z.array(environment, "a list"),
    protectedEnvironments: texts.default([]),
    stacks: z.array(stack, "a list"),
    services: z.array(service, "a list").default([]),
  },
  "an object",
);

/**
 * What there is to compare in the index that a revision's synth wrote, in whichever version; what that version does not
 * write yet counts as none, unless nothing can be compared without it.
 * @param file where it was read from, named in the error
 * @throws PavedError PVD2009 with the first field that cannot be read and has to be
 */
export function parseComparedIndex(data: unknown, file: string): ComparedIndex {
  const { data: index, error } = schema.safeParse(data);
  if (index === undefined) throw unreadable(data, error.issues[0], file);
  const { environments, protectedEnvironments, stacks, services } = index;
  return {
    environments: environments.map((each) => ({
      name: each.name,
      protected: each.protected ?? protectedEnvironments.includes(each.name),
    })),
    stacks,
    services,
  };
}

function unreadable(data: unknown, issue: z.core.$ZodIssue | undefined, file: string): PavedError {
  const path = issue?.path ?? [];
  return new PavedError({
    code: "PVD2009",
    where: `${file} ${path.map(String).join(".") || "index"}`,
    got: shown(valueAt(data, path)),
    want: `${issue?.message ?? "an index"}, which a comparison needs`,
    fix: "compare with a revision of this Paved, or of one that is not much older or newer",
  });
}
