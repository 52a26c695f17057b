import { type AttributeSchema, type BlockSchema, type NestedBlock, resourceSchema, type ValueType } from "../src";
import { ERRATA, PROVIDER_FACTS, type ProviderFact } from "./provider-facts";

/** A place in a schema. The fields of an object type have a type alone, and none of an attribute's flags. */
type Place = { readonly attribute: AttributeSchema } | { readonly field: ValueType } | { readonly block: NestedBlock };

type Finding = Omit<ProviderFact, "type" | "attribute">;

const CASES = PROVIDER_FACTS.map((fact) => ({ name: `${fact.type}.${fact.attribute}`, fact }));

test.each(CASES)("$name is as documented", ({ name, fact }) => {
  const { type, attribute, ...documented } = fact;
  const expected: Finding = { ...documented, ...ERRATA[name] };
  expect(asFinding(place(resourceSchema(type), attribute), expected)).toEqual(expected);
});

test("every erratum is about a fact that is in the table", () => {
  expect(CASES.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(ERRATA)));
});

test("no fact is in the table twice", () => {
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
});

test("covers at least 30 types and 150 facts", () => {
  expect(new Set(PROVIDER_FACTS.map(({ type }) => type)).size).toBeGreaterThanOrEqual(30);
  expect(PROVIDER_FACTS.length).toBeGreaterThanOrEqual(150);
});

function place(schema: BlockSchema, path: string): Place {
  const [first, ...rest] = path.split(".") as [string, ...string[]];
  return rest.reduce(within, inBlock(schema, first));
}

function inBlock(schema: BlockSchema, name: string): Place {
  const attribute = schema.attributes.find((candidate) => candidate.name === name);
  if (attribute !== undefined) return { attribute };
  const block = schema.blocks.find((candidate) => candidate.name === name);
  if (block !== undefined) return { block };
  throw new Error(`the schema has no ${name}`);
}

function within(outer: Place, name: string): Place {
  if ("block" in outer) return inBlock(outer.block.block, name);
  if ("attribute" in outer && outer.attribute.nested !== undefined) {
    return inBlock({ attributes: outer.attribute.nested.attributes, blocks: [] }, name);
  }
  const field = fieldOf("attribute" in outer ? outer.attribute.type : outer.field, name);
  if (field === undefined) throw new Error(`the type has no field ${name}`);
  return { field };
}

function fieldOf(type: ValueType, name: string): ValueType | undefined {
  if (typeof type === "string") return undefined;
  return type[0] === "object" ? type[1][name] : fieldOf(type[1], name);
}

/** The place in the words of the documentation, on what the documentation speaks of. */
function asFinding(found: Place, expected: Finding): Finding {
  const says = {
    ...("is" in expected ? { is: expected.is === undefined ? undefined : kindOfValue(found, expected) } : {}),
    ...("maxItems" in expected ? { maxItems: maxItemsOf(found) } : {}),
  };
  if ("block" in found) return { presence: found.block.min > 0 ? "required" : "optional", kind: "block", ...says };
  return { presence: presenceOf(found, expected), kind: "attribute", ...says };
}

function presenceOf(found: Exclude<Place, { block: NestedBlock }>, expected: Finding): ProviderFact["presence"] {
  if ("field" in found) return expected.presence;
  const { required, optional, computed } = found.attribute;
  if (required) return "required";
  // Pages do not say which arguments are computed too, nor which exported attributes may be given.
  if (expected.presence === "computed") return computed ? "computed" : "optional";
  return optional ? "optional" : "computed";
}

function kindOfValue(found: Place, expected: Finding): ProviderFact["is"] {
  const type = "block" in found ? found.block.nesting : "field" in found ? found.field : found.attribute.type;
  const kind = (typeof type === "string" ? type : type[0]) as ProviderFact["is"];
  return expected.is === "list or set" && (kind === "list" || kind === "set") ? expected.is : kind;
}

function maxItemsOf(found: Place): 1 | undefined {
  return "block" in found && (found.block.max === 1 || found.block.nesting === "single") ? 1 : undefined;
}
