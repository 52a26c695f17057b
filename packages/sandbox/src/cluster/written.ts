import type { BlockSchema } from "../schema/model";
import { Dynamic, isObject, Unknown, type Value, type ValueObject } from "../values/value";
import type { Field, Fields } from "./cluster";
import { fieldOf, isInline, type Renamed } from "./field-names";

/** What Kubernetes itself keeps of an object, and nobody writes. */
const KEPT_BY_KUBERNETES = new Set(["uid", "resourceVersion", "generation"]);

/**
 * What is written to the API server for the values of a block: what is null, empty or not known yet is left to it.
 */
export function writtenFields(
  block: BlockSchema,
  values: ValueObject,
  fields: Fields,
  renamed: Renamed,
): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const { name } of block.attributes) {
    const field = fieldOf(name, fields, renamed);
    if (field === undefined || KEPT_BY_KUBERNETES.has(field)) continue;
    const value = writtenValue(fields[field]!, values[name]);
    if (value !== undefined) written[field] = value;
  }
  for (const nested of block.blocks) {
    const name = fieldOf(nested.name, fields, renamed);
    const items = itemsOf(values[nested.name]);
    if (isInline(nested, fields, renamed))
      for (const item of items) Object.assign(written, writtenFields(nested.block, item, fields, renamed));
    if (name === undefined || items.length === 0) continue;
    const field = fields[name]!;
    const each = (inner: Field): object[] =>
      items.map((item) => writtenFields(nested.block, item, inner.form === "object" ? inner.fields : {}, renamed));
    written[name] = field.form === "list" ? each(field.element) : each(field)[0];
  }
  return written;
}

/** Occurrences of a block. */
export function itemsOf(value: Value | undefined): readonly ValueObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

function writtenValue(field: Field, value: Value | undefined): unknown {
  if (value === null || value === undefined || value === "") return undefined;
  if (value instanceof Unknown || value instanceof Dynamic) return undefined;
  if (field.form === "list" || field.form === "map") return writtenCollection(field.element, value);
  if (field.form === "number") return Number(value);
  if (field.form === "boolean") return value === true || value === "true";
  if (field.form === "text" || field.form === "quantity") return String(value);
  if (field.form === "number-or-text") return /^\d+$/.test(String(value)) ? Number(value) : value;
  return value;
}

function writtenCollection(element: Field, value: Value): unknown {
  // An empty text is an entry like others: labels have such values, and the core group of a role is called so.
  const entry = (item: Value): unknown => (item === "" ? "" : writtenValue(element, item));
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.filter((item) => item !== null).map(entry);
  }
  if (!isObject(value)) return [writtenValue(element, value)];
  const all = Object.entries(value).filter(([, item]) => item !== null);
  return all.length === 0 ? undefined : Object.fromEntries(all.map(([key, item]) => [key, entry(item)]));
}
