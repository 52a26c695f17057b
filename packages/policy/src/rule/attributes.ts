import { expressionsIn } from "../expressions";
import type { Attributes, ResourceSubject, Violation } from "./rule";

/** Whether a value is an object with named values, and not a list. */
export function isRecord(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Any value as a text, as `String` makes it; an object as its JSON, whose own `toString` nobody asks. */
export function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map((each: unknown) => (each === null ? "" : asText(each))).join(",");
  return isRecord(value) ? JSON.stringify(value) : String(value);
}

/** The number that a value is, or a text of one; `NaN` for everything else, which is neither more nor less than another. */
export function asNumber(value: unknown): number {
  return typeof value === "number" || (typeof value === "string" && value !== "") ? Number(value) : Number.NaN;
}

/** The objects in a value: a block is written as one object or as a list of them. */
export function blocks(value: unknown): readonly Attributes[] {
  if (Array.isArray(value)) return value.filter(isRecord);
  return isRecord(value) ? [value] : [];
}

/** The object that a text of JSON says; nothing when it says something else, or nothing. */
export function objectIn(text: unknown): Attributes | undefined {
  try {
    const value: unknown = JSON.parse(asText(text));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The texts in a value: a text or a list of texts. */
export function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The value at a path such as `vpc_config.endpoint_public_access`; of a list of blocks, the first is followed. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const step of path.split(".")) {
    const [block] = blocks(here);
    if (block === undefined || !Object.hasOwn(block, step)) return undefined;
    here = block[step];
  }
  return here;
}

/** The object at a path; an empty one when there is none. */
export function recordAt(value: unknown, path: string): Attributes {
  const here = at(value, path);
  return isRecord(here) ? here : {};
}

/** Whether a value is true, as a boolean or as the text the provider takes for one. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** Whether a value is false and said to be: nothing at all is not. */
export function isFalse(value: unknown): boolean {
  return value === false || value === "false";
}

/** Whether a value is not true: false, or nothing where nothing means false. */
export function isNotTrue(value: unknown): boolean {
  return value === undefined || value === null || isFalse(value);
}

/** Whether a value is given: a text, a number, a list with something in it. A reference to another resource is given. */
export function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  return !Array.isArray(value) || value.length > 0;
}

/** Whether a value is a number (or a text of one) of at least `least`. */
export function isAtLeast(least: number): (value: unknown) => boolean {
  return (value) => asNumber(value) >= least;
}

/** Whether a value is a whole number (or a text of one) within bounds. */
export function isWithin(least: number, most: number): (value: unknown) => boolean {
  return (value) => {
    const number = asNumber(value);
    return Number.isInteger(number) && number >= least && number <= most;
  };
}

/** Whether a value is one of those allowed. */
export function isOneOf(...allowed: readonly unknown[]): (value: unknown) => boolean {
  return (value) => allowed.includes(value);
}

/** A value as a finding shows it: short, and `nothing` when there is none. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

/** Breaks the rule unless the value at the path fits. */
export function demand(from: unknown, path: string, fits: (value: unknown) => boolean): readonly Violation[] {
  const value = at(from, path);
  return fits(value) ? [] : [{ got: `${path} is ${shown(value)}` }];
}

/** Breaks the rule when a condition does not hold. */
export function unless(holds: boolean, got: string): readonly Violation[] {
  return holds ? [] : [{ got }];
}

/** Breaks the rule when a plan may destroy the resource where its environment is protected. */
export function demandKept({ attributes, environment }: ResourceSubject): readonly Violation[] {
  return unless(
    !environment.protected || isTrue(at(attributes, "lifecycle.prevent_destroy")),
    "prevent_destroy is not true",
  );
}

/** Arguments that every resource may have, and the note that cdktf leaves on it. */
const OF_EVERY = ["//", "depends_on", "lifecycle", "tags"];

/** Breaks the rule for each argument that is not among those known, which are written with blanks between them. */
export function onlyKnown(attributes: Attributes, known: string, of = ""): readonly Violation[] {
  const names = [...OF_EVERY, ...known.split(" ")];
  return Object.keys(attributes)
    .filter((name) => !names.includes(name))
    .map((name) => ({ got: `${of}${name} is ${shown(attributes[name])}` }));
}

/** Whether a value names a resource: by a reference to its address, or by the literal it is called. */
export function pointsAt(value: unknown, target: ResourceSubject, ...called: readonly unknown[]): boolean {
  return texts(value).some(
    (text) =>
      called.includes(text) ||
      (text.includes(`${target.address}.`) &&
        expressionsIn(text).some(({ references }) => references.includes(target.address))),
  );
}

/** Resources of a type in the same stack whose attribute names this one, by reference or by the value of `called`. */
export function attached(
  subject: ResourceSubject,
  type: string,
  attribute: string,
  called?: string,
): readonly ResourceSubject[] {
  const name = called === undefined ? undefined : subject.attributes[called];
  return subject.siblings(type).filter((other) => pointsAt(other.attributes[attribute], subject, name ?? subject));
}
