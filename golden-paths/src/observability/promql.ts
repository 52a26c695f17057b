/** What a label has to be: a value, not a value, or like an anchored regular expression (RE2) or unlike it. */
export type Condition = string | { readonly not: string } | { readonly matches: string } | { readonly unlike: string };

/** Conditions by label. */
export type Labels = Readonly<Record<string, Condition>>;

/** Names the series of a metric that meet all conditions: `up{namespace="orders"}`. */
export function series(metric: string, labels: Labels): string {
  return `${metric}{${Object.entries(labels).map(matcher).join(",")}}`;
}

function matcher([label, condition]: [string, Condition]): string {
  if (typeof condition === "string") return `${label}=${quoted(condition)}`;
  if ("not" in condition) return `${label}!=${quoted(condition.not)}`;
  if ("matches" in condition) return `${label}=~${quoted(condition.matches)}`;
  return `${label}!~${quoted(condition.unlike)}`;
}

/** PromQL reads the escapes of strings as Go does, of which JSON's are a part. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A regular expression that the texts meet, and nothing else. */
export function oneOf(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join("|");
}

/**
 * How much the counters grow a second, all together.
 *
 * @param by labels that are kept apart. @default - one figure
 */
export function sumRate(selected: string, window: string, by: readonly string[] = []): string {
  return `sum${by.length > 0 ? ` by (${by.join(", ")}) ` : ""}(rate(${selected}[${window}]))`;
}
