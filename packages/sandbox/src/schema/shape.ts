import type { ClassAttribute, MappedAttribute, SourceIndex } from "./source-index";
import type { ValueType } from "./model";

/** The shape of an attribute before its structs are resolved. */
export type Shape =
  | { readonly kind: "value"; readonly type: ValueType }
  | { readonly kind: "list" | "set" | "map"; readonly element: Shape; readonly block?: boolean }
  | { readonly kind: "struct"; readonly struct: string };

const SIMPLE: Record<string, ValueType> = { string: "string", number: "number", boolean: "bool", any: "dynamic" };

/** The shape that a mapper expression describes, for example `cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)`. */
export function shapeOfMapper({ mapper, kind }: MappedAttribute): Shape {
  const simple = /^cdktf\.(string|number|boolean|any)ToHclTerraform$/.exec(mapper)?.[1];
  if (simple !== undefined) return { kind: "value", type: SIMPLE[simple]! };
  const list = /^cdktf\.listMapperHcl\((.+), (true|false)\)$/.exec(mapper);
  if (list !== null) {
    const element = shapeOfMapper({ mapper: list[1]!, kind: "list" });
    return { kind: kind === "set" ? "set" : "list", element, block: list[2] === "true" };
  }
  const map = /^cdktf\.hashMapperHcl\((.+)\)$/.exec(mapper);
  if (map !== null) {
    // A dynamic attribute and a map of anything are generated alike; the former is what providers have.
    if (map[1] === "cdktf.anyToHclTerraform") return { kind: "value", type: "dynamic" };
    return { kind: "map", element: shapeOfMapper({ mapper: map[1]!, kind: "list" }) };
  }
  const struct = /^(\w+)ToHclTerraform$/.exec(mapper)?.[1];
  if (struct === undefined) throw new Error(`unknown mapper ${mapper}`);
  return { kind: "struct", struct: struct[0]!.toUpperCase() + struct.slice(1) };
}

const ACCESS: readonly (readonly [RegExp, ValueType])[] = [
  [/tolist\(this\.getNumberListAttribute\(/, ["set", "number"]],
  [/tolist\(this\.getListAttribute\(/, ["set", "string"]],
  [/this\.getNumberListAttribute\(/, ["list", "number"]],
  [/this\.getListAttribute\(/, ["list", "string"]],
  [/this\.getStringMapAttribute\(|new cdktf\.StringMap\(/, ["map", "string"]],
  [/this\.getNumberMapAttribute\(|new cdktf\.NumberMap\(/, ["map", "number"]],
  [/this\.getBooleanMapAttribute\(|new cdktf\.BooleanMap\(/, ["map", "bool"]],
  [/this\.getAnyMapAttribute\(|new cdktf\.AnyMap\(/, "dynamic"],
  // Generated where the generator gave up on a type.
  [/this\.interpolationForAttribute\(/, "dynamic"],
  [/this\.getStringAttribute\(/, "string"],
  [/this\.getNumberAttribute\(/, "number"],
  [/this\.getBooleanAttribute\(/, "bool"],
];

/** The shape that a class accessor returns; the only source for attributes that are computed alone. */
export function shapeOfAccessor(index: SourceIndex, { name, accessor }: ClassAttribute): Shape {
  const stored = /= new (\w+)\(this, "\w+"(?:, (true|false))?\)/.exec(accessor);
  if (stored !== null) return shapeOfClass(index, stored[1]!, stored[2] === "true");
  const access = ACCESS.find(([pattern]) => pattern.test(accessor));
  if (access !== undefined) return { kind: "value", type: access[1] };
  throw new Error(`unknown accessor of ${name}`);
}

function shapeOfClass(index: SourceIndex, className: string, isSet: boolean): Shape {
  const found = index.classes.get(className);
  if (found === undefined) throw new Error(`generated source lacks class ${className}`);
  if (found.base === "ComplexObject") return { kind: "struct", struct: className.replace(/OutputReference$/, "") };
  const element = /public get\((?:index: number|key: string)\): (\w+) \{\s+return new \w+\(([^;]*)\);/.exec(found.body);
  if (element === null) throw new Error(`class ${className} returns no element`);
  const inner = shapeOfClass(index, element[1]!, element[2]!.endsWith(", true"));
  return { kind: found.base === "ComplexMap" ? "map" : isSet ? "set" : "list", element: inner };
}
