import type { AttributeSchema, BlockSchema, ValueType } from "../schema/model";
import { isObject, Unknown, type Value, type ValueObject } from "../values/value";

/** Makes up a value for a computed attribute that no behaviour knows; must be the same in every run. */
export type Invent = (attribute: AttributeSchema) => Value;

/**
 * What is kept of a planned block: every unknown value replaced by what `known` has at the same place, otherwise by an
 * invented one. Values that were planned are never changed.
 */
export function completeBlock(
  block: BlockSchema,
  planned: ValueObject,
  known: Value | undefined,
  invent: Invent,
): ValueObject {
  const given = isObject(known) ? known : {};
  const complete: ValueObject = {};
  for (const attribute of block.attributes) {
    complete[attribute.name] = completeAttribute(
      attribute,
      planned[attribute.name] ?? null,
      given[attribute.name],
      invent,
    );
  }
  for (const nested of block.blocks) {
    const each = (value: Value, inner: Value | undefined): Value =>
      isObject(value) ? completeBlock(nested.block, value, inner, invent) : value;
    complete[nested.name] = mapElements(
      nested.nesting === "single",
      planned[nested.name] ?? null,
      given[nested.name],
      each,
    );
  }
  return complete;
}

function completeAttribute(attribute: AttributeSchema, value: Value, known: Value | undefined, invent: Invent): Value {
  const { nested, type } = attribute;
  if (nested !== undefined && !(value instanceof Unknown) && value !== null) {
    const block: BlockSchema = { attributes: nested.attributes, blocks: [] };
    const each = (element: Value, inner: Value | undefined): Value =>
      isObject(element) ? completeBlock(block, element, inner, invent) : element;
    return mapElements(nested.nesting === "single", value, known, each);
  }
  return resolve(type, value, known ?? undefined, () => invent(attribute));
}

function mapElements(
  single: boolean,
  value: Value,
  known: Value | undefined,
  each: (element: Value, known: Value | undefined) => Value,
): Value {
  if (value === null || value instanceof Unknown) return value instanceof Unknown ? (single ? null : []) : null;
  if (single) return each(value, known);
  if (Array.isArray(value))
    return value.map((item, index) => each(item, Array.isArray(known) ? known[index] : undefined));
  if (!isObject(value)) return value;
  const given = isObject(known) ? known : {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item, given[key])]));
}

function resolve(type: ValueType, value: Value, known: Value | undefined, invent: () => Value): Value {
  if (value instanceof Unknown) return known === undefined ? invent() : conform(type, known);
  if (typeof type === "string" || value === null) return value;
  if (type[0] !== "object" && Array.isArray(value)) {
    return value.map((item, index) =>
      resolve(type[1], item, Array.isArray(known) ? known[index] : undefined, () => null),
    );
  }
  if (!isObject(value)) return value;
  const fields = Object.entries(value).map(([name, item]): [string, Value] => {
    const field = type[0] === "object" ? type[1][name] : type[1];
    const inner = isObject(known) ? known[name] : undefined;
    return [name, field === undefined ? item : resolve(field as ValueType, item, inner, () => null)];
  });
  return Object.fromEntries(fields);
}

/** Behaviours leave out fields of objects; the wire wants them all. */
function conform(type: ValueType, value: Value): Value {
  if (typeof type === "string" || value === null) return value;
  if (type[0] !== "object" && Array.isArray(value)) return value.map((item) => conform(type[1], item));
  if (!isObject(value)) return value;
  if (type[0] === "object") {
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, field]) => [name, conform(field as ValueType, value[name] ?? null)]),
    );
  }
  if (type[0] !== "map") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, conform(type[1], item)]));
}
