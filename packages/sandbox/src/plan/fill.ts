import { sameBlock, sameValue } from "../values/equality";
import type { AttributeSchema, BlockSchema, NestedAttributes, NestedBlock } from "../schema/model";
import { isObject, UNKNOWN, type Value, type ValueObject } from "../values/value";

/**
 * A proposed block with its computed attributes planned: unknown where the block is new, as they were where it is not.
 * OpenTofu has already carried prior values over; what is null now was null before or is new.
 */
export function fillBlock(block: BlockSchema, prior: ValueObject | undefined, proposed: ValueObject): ValueObject {
  const filled = fillAttributes(block.attributes, prior, proposed);
  for (const nested of block.blocks)
    filled[nested.name] = fillNested(nested, prior?.[nested.name], proposed[nested.name]);
  return filled;
}

function fillAttributes(
  attributes: readonly AttributeSchema[],
  prior: ValueObject | undefined,
  proposed: ValueObject,
): ValueObject {
  const filled: ValueObject = {};
  for (const attribute of attributes) {
    filled[attribute.name] = fillAttribute(attribute, prior, proposed[attribute.name] ?? null);
  }
  return filled;
}

function fillAttribute(attribute: AttributeSchema, prior: ValueObject | undefined, value: Value): Value {
  if (attribute.writeOnly === true) return null;
  if (value === null)
    return attribute.computed ? (prior === undefined ? UNKNOWN : (prior[attribute.name] ?? null)) : null;
  if (attribute.nested === undefined) return value;
  return fillElements(attribute.nested, prior?.[attribute.name], value);
}

function fillElements({ nesting, attributes }: NestedAttributes, prior: Value | undefined, value: Value): Value {
  const fill = (before: Value | undefined, element: Value): Value =>
    isObject(element) ? fillAttributes(attributes, isObject(before) ? before : undefined, element) : element;
  if (nesting === "single") return fill(prior, value);
  const same = (before: Value, element: Value): boolean =>
    attributes.every(({ name, type }) =>
      sameValue(type, isObject(before) ? before[name] : null, isObject(element) ? element[name] : null),
    );
  return fillCollection(nesting, prior, value, fill, same);
}

function fillNested({ nesting, block }: NestedBlock, prior: Value | undefined, value: Value | undefined): Value {
  const fill = (before: Value | undefined, element: Value): Value =>
    isObject(element) ? fillBlock(block, isObject(before) ? before : undefined, element) : element;
  if (nesting === "single") return fill(prior, value ?? null);
  return fillCollection(nesting, prior, value ?? null, fill, (before, element) => sameBlock(block, before, element));
}

function fillCollection(
  nesting: "list" | "set" | "map",
  prior: Value | undefined,
  value: Value,
  fill: (before: Value | undefined, element: Value) => Value,
  same: (before: Value, element: Value) => boolean,
): Value {
  if (Array.isArray(value)) {
    const before = Array.isArray(prior) ? prior : [];
    if (nesting === "list") return value.map((element, index) => fill(before[index], element));
    return value.map((element) =>
      fill(
        before.find((candidate) => same(candidate, element)),
        element,
      ),
    );
  }
  if (nesting !== "map" || !isObject(value)) return value;
  const before = isObject(prior) ? prior : {};
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, fill(before[key], element)]));
}
