import { type Finding, kindOf, PavedError } from "@paved/model";

/** Which events of a topic are delivered. */
export interface SubscriptionOptions {
  /**
   * Attributes that an event must have, each with the values it may have: `{ type: ["paid", "refunded"] }`. At most five
   * attributes, and 150 combinations of their values. @default - every event
   */
  readonly only?: Readonly<Record<string, readonly string[]>>;
}

/** What SNS takes (SNS developer guide, "Filter policy constraints"). */
const MOST = { attributes: 5, combinations: 150 };

/**
 * Checks a filter before SNS would refuse it at apply.
 * @throws PavedError PVD1025, all that is wrong at once
 */
export function checkSubscription(options: SubscriptionOptions, file: string): void {
  // Service files may not have passed the type checker.
  const only: unknown = (options as SubscriptionOptions | null)?.only;
  if (only === undefined && typeof options === "object" && options !== null) return;
  const findings: Finding[] = [];
  const refuse = (field: string, got: string, want: string, fix: string) =>
    findings.push({ code: "PVD1025", where: `${file} subscribeTo only${field}`, got, want, fix });
  if (typeof only !== "object" || only === null || Array.isArray(only)) {
    refuse(
      "",
      kindOf(only === undefined ? options : only),
      "attributes with their values",
      "leave only out for every event",
    );
    throw new PavedError(findings);
  }
  const attributes = Object.entries(only as Readonly<Record<string, unknown>>);
  if (attributes.length < 1 || attributes.length > MOST.attributes) {
    refuse("", `${attributes.length} attributes`, `1 to ${MOST.attributes}`, "leave only out for every event");
  }
  for (const [name, values] of attributes) {
    const isList = Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === "string");
    if (!isList) refuse(`.${name.slice(0, 100)}`, kindOf(values), "one text or more in a list", 'write ["paid"]');
  }
  const combinations = attributes.reduce(
    (product, [, values]) => product * (Array.isArray(values) ? values.length : 1),
    1,
  );
  if (combinations > MOST.combinations) {
    refuse("", `${combinations} combinations of values`, `at most ${MOST.combinations}`, "name fewer values");
  }
  if (findings.length > 0) throw new PavedError(findings);
}
