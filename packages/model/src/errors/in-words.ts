import type { z } from "zod";

const SORTS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  nonoptional: "a value",
  number: "a number",
  object: "an object with fields",
  record: "an object with fields",
  string: "text",
};

/**
 * What would have been right, where a schema has no words of its own for it: given to `safeParse` as its `error`, so that no
 * message is the library's.
 */
export function inWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return SORTS[issue.expected] ?? "another sort of value";
    case "too_small":
      return `at least ${issue.minimum}${COUNTED[issue.origin] ?? ""}`;
    case "too_big":
      return `at most ${issue.maximum}${COUNTED[issue.origin] ?? ""}`;
    case "invalid_value":
      return `one of ${issue.values.join(", ")}`;
    default:
      return "another value";
  }
}

const COUNTED: Readonly<Record<string, string>> = { array: " entries", string: " characters" };
