import { type BlockSchema, blockType, type ValueType } from "../schema/model";
import { Dynamic, isObject, Unknown, type Value } from "./value";

/** Whether two values of a type are the same; unknown is never the same as anything, and sets have no order. */
export function sameValue(type: ValueType, left: Value | undefined, right: Value | undefined): boolean {
  const [a, b] = [left ?? null, right ?? null];
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (a === null || b === null) return a === b;
  if (type === "number") return typeof a === "string" && typeof b === "string" ? a === b : Number(a) === Number(b);
  if (a instanceof Dynamic && b instanceof Dynamic) return canonical(a.value) === canonical(b.value);
  if (typeof type === "string") return a === b || canonical(a) === canonical(b);
  if (type[0] === "object") {
    const fields = Object.entries(type[1]);
    return isObject(a) && isObject(b) && fields.every(([name, field]) => sameValue(field, a[name], b[name]));
  }
  const element = type[1];
  if (type[0] === "map") {
    if (!isObject(a) || !isObject(b)) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameValue(element, a[key], b[key]));
  }
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  if (type[0] === "list") return a.every((item, index) => sameValue(element, item, b[index]));
  return sameSet(element, a, b);
}

/** Whether two values of a block are the same. */
export function sameBlock(block: BlockSchema, left: Value | undefined, right: Value | undefined): boolean {
  return sameValue(blockType(block), left, right);
}

function sameSet(element: ValueType, left: readonly Value[], right: readonly Value[]): boolean {
  const rest = [...right];
  return left.every((item) => {
    const found = rest.findIndex((candidate) => sameValue(element, item, candidate));
    if (found >= 0) rest.splice(found, 1);
    return found >= 0;
  });
}

/** A text that is equal for equal values: keys sorted, unknown written as such. */
export function canonical(value: Value | undefined): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Unknown) return "?";
  if (value instanceof Dynamic) return canonical(value.value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${fields.join(",")}}`;
}
