/** A value that is only known after apply; keeps the refinement that OpenTofu sent, so that it can be sent back unchanged. */
export class Unknown {
  constructor(readonly refinement?: Uint8Array) {}
}

/** What the sandbox itself plans for a value that it will compute; values of others that are unknown are other instances. */
export const UNKNOWN = new Unknown();

/** A value whose type is only known at run time. */
export class Dynamic {
  constructor(
    /** The type, as JSON. */
    readonly type: string,
    readonly value: Value,
  ) {}

  /** As state files write it. */
  toJSON(): object {
    return { type: JSON.parse(this.type) as unknown, value: this.value };
  }
}

/** Fields of an object or entries of a map. */
export interface ValueObject {
  [name: string]: Value;
}

/** A value of an attribute or a block. Sets are arrays in any order; numbers beyond double precision are strings. */
export type Value = null | boolean | number | string | Unknown | Dynamic | Value[] | ValueObject;

/** Whether a value has named fields. */
export function isObject(value: Value | undefined): value is ValueObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Dynamic)
  );
}

/** Whether a value is unknown or has an unknown inside. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value instanceof Unknown) return true;
  if (value instanceof Dynamic) return hasUnknown(value.value);
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Whether nothing is there: null, undefined, an empty string or an empty collection. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** The text of a string value, undefined for anything else and for the empty string. */
export function textOf(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The strings of a list or set. */
export function textsOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The value at a path; lists of one block are stepped into without an index. */
export function at(value: Value | undefined, ...path: (string | number)[]): Value | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") return Array.isArray(value) ? at(value[step], ...rest) : undefined;
  if (Array.isArray(value)) return at(value[0], step, ...rest);
  return isObject(value) ? at(value[step], ...rest) : undefined;
}
