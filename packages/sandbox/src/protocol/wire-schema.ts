import type { AttributeSchema, BlockSchema, NestedAttributes, Nesting } from "../schema/model";
import type { WireSchema } from "./messages";

const NESTING: Record<Nesting, number> = { single: 1, list: 2, set: 3, map: 4 };

/** A schema as plugin protocol 6 sends it. */
export function wireSchema(block: BlockSchema): WireSchema {
  return { version: 0, block: wireBlock(block) };
}

function wireBlock(block: BlockSchema): object {
  return {
    version: 0,
    attributes: block.attributes.map(wireAttribute),
    block_types: block.blocks.map((nested) => ({
      type_name: nested.name,
      block: wireBlock(nested.block),
      nesting: NESTING[nested.nesting],
      min_items: nested.min,
      max_items: nested.max,
    })),
  };
}

function wireAttribute(attribute: AttributeSchema): object {
  const { name, required, optional, computed, sensitive = false, writeOnly = false, nested } = attribute;
  const flags = { name, required, optional, computed, sensitive, write_only: writeOnly };
  if (nested !== undefined) return { ...flags, nested_type: wireNested(nested) };
  return { ...flags, type: Buffer.from(JSON.stringify(attribute.type)) };
}

function wireNested({ nesting, attributes }: NestedAttributes): object {
  return { nesting: NESTING[nesting], attributes: attributes.map(wireAttribute) };
}
