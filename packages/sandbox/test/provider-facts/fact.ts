/** What a documentation page says of an attribute or block: an argument, or only exported. */
export type Presence = "required" | "optional" | "computed";

/** Pages of the aws provider are prose: what they call a list may be a set. Those of the others are exact. */
export type ValueKind = "string" | "number" | "bool" | "list" | "set" | "map" | "list or set";

/** One thing that a documentation page says. */
export interface ProviderFact {
  /** The resource type, for example `aws_vpc`. */
  readonly type: string;
  /** Its name; a path with dots when it is nested, for example `vpc_config.subnet_ids`. */
  readonly attribute: string;
  readonly presence: Presence;
  readonly kind: "attribute" | "block";
  /** The type of the value; of a block, how its occurrences are kept. @default - the page does not say */
  readonly is?: ValueKind;
  /** @default - the page does not say */
  readonly maxItems?: 1;
}

/** A fact about an attribute (`required string`, `optional attribute` when untyped) or a block (`required list block max 1`). */
export type Documented =
  `${Presence} ${ValueKind | "attribute"}` | `${Presence} ${"" | "list " | "set "}block${"" | " max 1"}`;

/** The facts of one resource type, by attribute path. */
export function factsOf(type: string, documented: Readonly<Record<string, Documented>>): ProviderFact[] {
  return Object.entries(documented).map(([attribute, text]) => ({ type, attribute, ...parse(text) }));
}

function parse(text: Documented): Pick<ProviderFact, "presence" | "kind" | "is" | "maxItems"> {
  const [presence, ...rest] = text.split(" ") as [Presence, ...string[]];
  const words = rest.join(" ").replace(/ max 1$/, "");
  const is = words.replace(/ ?(?:block|attribute)$/, "") as ValueKind | "";
  return {
    presence,
    kind: words.endsWith("block") ? "block" : "attribute",
    ...(is === "" ? {} : { is }),
    ...(text.endsWith(" max 1") ? { maxItems: 1 } : {}),
  };
}
