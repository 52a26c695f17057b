import type { AttributeSchema, BlockSchema, NestedAttributes, NestedBlock, ValueType } from "./model";
import { blockType } from "./model";
import { isSensitive, isWriteOnly } from "./secrecy";
import { type Shape, shapeOfAccessor, shapeOfMapper } from "./shape";
import { type MappedAttribute, type PropertyFact, SourceIndex } from "./source-index";

/** Extraction changes its output when this changes: part of every cache key. */
export const EXTRACTOR_VERSION = 4;

interface Flags {
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
}

interface Context {
  readonly index: SourceIndex;
  /** Only providers of protocol 6 nest attributes; older ones have object types, all of whose attributes must be given. */
  readonly nestsAttributes: boolean;
  readonly type: string;
  /** Structs around the current one: recursive schemas are cut where the real ones are, three levels down. */
  readonly around: readonly string[];
}

/** What {@link extractSchema} must know about the source. */
export interface ExtractOptions {
  /** The type's own name, for example `aws_eks_cluster`, or the provider's. */
  readonly type: string;
  readonly nestsAttributes: boolean;
}

/** Rebuilds the schema of a resource, data source or provider from its generated TypeScript. */
export function extractSchema(source: string, options: ExtractOptions): BlockSchema {
  const index = new SourceIndex(source);
  const main = index.main().name;
  const context = { index, around: [], ...options };
  const block = blockOf(context, main, index.properties(`${main}Config`), index.mainMapping());
  // Every generated provider class has an alias, which is OpenTofu's own argument and no provider's attribute.
  if (index.main().base !== "TerraformProvider") return block;
  return { ...block, attributes: block.attributes.filter(({ name }) => name !== "alias") };
}

function blockOf(
  context: Context,
  className: string,
  properties: Map<string, PropertyFact>,
  mapped: Map<string, MappedAttribute>,
): BlockSchema {
  const attributes: AttributeSchema[] = [];
  const blocks: NestedBlock[] = [];
  const add = (name: string, flags: Flags, shape: Shape, kind: string | undefined): void => {
    const property = properties.get(name);
    const block = nestedBlock(context, name, flags, shape, kind, property);
    if (block !== undefined) blocks.push(block);
    else attributes.push(attributeOf(context, name, flags, shape));
  };
  const declared = context.index.attributes(className);
  for (const attribute of declared) {
    const mapping = mapped.get(attribute.name);
    const shape = mapping === undefined ? shapeOfAccessor(context.index, attribute) : shapeOfMapper(mapping);
    add(attribute.name, attribute, shape, mapping?.kind);
  }
  // The structs of a provider have no class, only an interface and a mapper.
  if (declared.length === 0) {
    for (const [name, mapping] of mapped) {
      const optional = properties.get(name)?.optional ?? true;
      add(name, { computed: false, optional, required: !optional }, shapeOfMapper(mapping), mapping.kind);
    }
  }
  return { attributes: secrecy(context.type, attributes), blocks };
}

function secrecy(type: string, attributes: readonly AttributeSchema[]): AttributeSchema[] {
  return attributes.map((attribute) => {
    const marks = {
      ...(isSensitive(type, attribute) ? { sensitive: true } : {}),
      ...(isWriteOnly(attribute) ? { writeOnly: true } : {}),
    };
    return { ...attribute, ...marks };
  });
}

function nestedBlock(
  context: Context,
  name: string,
  flags: Flags,
  shape: Shape,
  kind: string | undefined,
  property: PropertyFact | undefined,
): NestedBlock | undefined {
  const struct = structOf(shape);
  if (struct === undefined) return undefined;
  const many = shape.kind === "list" || shape.kind === "set";
  const onlyComputed = !flags.computed && !flags.optional && !flags.required;
  if (many ? shape.block !== true : property?.isBlock !== true && !onlyComputed) return undefined;
  if (context.around.filter((outer) => outer === struct).length >= 3) return undefined;
  const block = structBlock(context, struct);
  const min = flags.required ? 1 : 0;
  if (many) return { name, nesting: shape.kind, min, max: 0, block };
  if (shape.kind === "map") return { name, nesting: "map", min: 0, max: 0, block };
  if (kind === "list" || kind === "set") return { name, nesting: kind, min, max: 1, block };
  return { name, nesting: "single", min: 0, max: 0, block };
}

function structBlock(context: Context, struct: string): BlockSchema {
  const { index } = context;
  const inner = { ...context, around: [...context.around, struct] };
  return blockOf(inner, `${struct}OutputReference`, index.properties(struct), index.structMapping(struct));
}

function attributeOf(context: Context, name: string, flags: Flags, shape: Shape): AttributeSchema {
  const { computed, optional, required } = flags;
  const base = { name, type: typeOf(context, shape), required, optional, computed };
  const struct = structOf(shape);
  if (struct === undefined || !context.nestsAttributes) return base;
  const nesting: NestedAttributes["nesting"] =
    shape.kind === "struct" || shape.kind === "value" ? "single" : shape.kind;
  return { ...base, nested: { nesting, attributes: structBlock(context, struct).attributes } };
}

function structOf(shape: Shape): string | undefined {
  if (shape.kind === "value") return undefined;
  return shape.kind === "struct" ? shape.struct : structOf(shape.element);
}

function typeOf(context: Context, shape: Shape): ValueType {
  if (shape.kind === "value") return shape.type;
  if (shape.kind === "struct") {
    return context.around.includes(shape.struct) ? "dynamic" : blockType(structBlock(context, shape.struct));
  }
  return [shape.kind, typeOf(context, shape.element)];
}
