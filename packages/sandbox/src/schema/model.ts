/** A value type as OpenTofu writes it in JSON: `"string"`, `["list", "string"]`, `["object", { name: "string" }]`. */
export type ValueType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", ValueType]
  | readonly ["object", { readonly [name: string]: ValueType }];

/** Attributes nested under one attribute, each with its own flags (only providers of protocol 6 have these). */
export interface NestedAttributes {
  readonly nesting: "single" | "list" | "set" | "map";
  readonly attributes: readonly AttributeSchema[];
}

/** One attribute of a block. */
export interface AttributeSchema {
  readonly name: string;
  readonly type: ValueType;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  /** Never shown in plans. @default false */
  readonly sensitive?: boolean;
  /** Never kept in plan or state. @default false */
  readonly writeOnly?: boolean;
  /** @default - the type says all there is to say */
  readonly nested?: NestedAttributes;
}

/** How often a nested block may occur, and how its occurrences are kept. */
export type Nesting = "single" | "list" | "set" | "map";

/** One nested block of a block. */
export interface NestedBlock {
  readonly name: string;
  readonly nesting: Nesting;
  /** Fewest occurrences. */
  readonly min: number;
  /** Most occurrences, 0 for any number. */
  readonly max: number;
  readonly block: BlockSchema;
}

/** What a provider, a resource or a data source accepts and returns. */
export interface BlockSchema {
  readonly attributes: readonly AttributeSchema[];
  readonly blocks: readonly NestedBlock[];
}

/** The type of the value of a whole block. */
export function blockType(block: BlockSchema): ValueType {
  const fields: Record<string, ValueType> = {};
  for (const attribute of block.attributes) fields[attribute.name] = attribute.type;
  for (const nested of block.blocks) {
    const element = blockType(nested.block);
    fields[nested.name] = nested.nesting === "single" ? element : [nested.nesting, element];
  }
  return ["object", fields];
}
