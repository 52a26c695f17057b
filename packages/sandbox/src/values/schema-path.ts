import type { Path } from "../protocol/diagnostics";
import { type BlockSchema, blockType, type ValueType } from "../schema/model";
import { isObject, type Value, type ValueObject } from "./value";

/** The names of a dotted path: `metadata.name`. */
export function namesOf(dotted: string): string[] {
  return dotted.split(".");
}

/** The type at a dotted path of a block, lists and sets stepped into; undefined when the schema has no such path. */
export function typeAt(block: BlockSchema, dotted: string): ValueType | undefined {
  let type: ValueType | undefined = blockType(block);
  for (const name of namesOf(dotted)) {
    type = fieldOf(type, name);
    if (type === undefined) return undefined;
  }
  return type;
}

function fieldOf(type: ValueType, name: string): ValueType | undefined {
  if (typeof type === "string") return undefined;
  if (type[0] === "object") return Object.hasOwn(type[1], name) ? type[1][name] : undefined;
  return fieldOf(type[1], name);
}

/** The path of a dotted path in a value: lists get the index 0, as blocks that occur once have. */
export function pathIn(value: Value | undefined, dotted: string): Path {
  const path: (string | number)[] = [];
  let current: Value | undefined = value;
  for (const name of namesOf(dotted)) {
    if (Array.isArray(current)) {
      path.push(0);
      current = current[0];
    }
    path.push(name);
    current = isObject(current) ? current[name] : undefined;
  }
  return path;
}

/** Calls `visit` with every object that holds the last name of a dotted path: one for each occurrence of the blocks around it. */
export function visitHolders(
  value: Value | undefined,
  dotted: string,
  visit: (holder: ValueObject, name: string) => void,
): void {
  const names = namesOf(dotted);
  const walk = (current: Value | undefined, depth: number): void => {
    if (Array.isArray(current)) {
      for (const item of current) walk(item, depth);
    } else if (isObject(current)) {
      const name = names[depth]!;
      if (depth === names.length - 1) visit(current, name);
      else walk(current[name], depth + 1);
    }
  };
  walk(value, 0);
}
