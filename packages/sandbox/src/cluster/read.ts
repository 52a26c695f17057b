import { quantityOf } from "@paved/model";
import type { AttributeSchema, BlockSchema, NestedBlock, ValueType } from "../schema/model";
import { isObject, Unknown, type Value, type ValueObject } from "../values/value";
import type { Field, Fields } from "./cluster";
import { fieldOf, isInline, type Renamed } from "./field-names";
import { itemsOf } from "./written";

/** Labels and annotations that Kubernetes and its tools put on objects, which are nobody's drift. */
const INTERNAL = /^([^/]+\.)?(kubernetes|k8s)\.io\/|^deprecated\.daemonset\.template\.generation$/;

/** Maps that everybody adds entries to. */
export const SHARED: ReadonlySet<string> = new Set(["labels", "annotations"]);

/** Whether a label or an annotation is of Kubernetes, or of one of its tools. */
export function isInternal(key: string): boolean {
  return INTERNAL.test(key);
}

/** What the values are that an object has now. */
export interface Reading {
  readonly renamed: Renamed;
  /** Fields that keep the value they had when the object was last written: they change with whatever changes, also its status. */
  readonly steady: ReadonlySet<string>;
}

/**
 * The values of a block as the API server has them. What nobody configured is left out, or defaults of the API server
 * would be changes; numbers with units keep the form that they were written in.
 * @param known the values as they are in the state or as they are planned. @default - none: whatever there is, is read
 */
export function readFields(
  block: BlockSchema,
  known: ValueObject | undefined,
  live: Readonly<Record<string, unknown>>,
  fields: Fields,
  reading: Reading,
): ValueObject {
  const values: ValueObject = {};
  for (const attribute of block.attributes) {
    const { name } = attribute;
    const before = known?.[name];
    const field = fieldOf(name, fields, reading.renamed);
    const isKept = field === undefined || (reading.steady.has(field) && before !== undefined);
    values[name] = isKept ? (before ?? null) : readAttribute(attribute, before, live[field], fields[field]!);
  }
  for (const nested of block.blocks) {
    const name = fieldOf(nested.name, fields, reading.renamed);
    const before = known?.[nested.name];
    values[nested.name] =
      name !== undefined
        ? readBlock(nested, before, live[name], fields[name]!, reading)
        : isInline(nested, fields, reading.renamed)
          ? readInline(nested, before, live, fields, reading)
          : (before ?? noneOf(nested));
  }
  return values;
}

function readInline(
  nested: NestedBlock,
  before: Value | undefined,
  live: Readonly<Record<string, unknown>>,
  fields: Fields,
  reading: Reading,
): Value {
  const read = readFields(nested.block, itemsOf(before)[0], live, fields, reading);
  return Object.values(read).every(isNothing) ? noneOf(nested) : [read];
}

function isNothing(value: Value): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function readAttribute(attribute: AttributeSchema, before: Value | undefined, live: unknown, field: Field): Value {
  const isShared = SHARED.has(attribute.name);
  if (before === null && !attribute.computed && !isShared) return null;
  const known = before instanceof Unknown ? undefined : before;
  const value = readValue(attribute.type, live, known, field);
  return isShared ? withoutInternal(value, known) : value;
}

function withoutInternal(value: Value, known: Value | undefined): Value {
  if (!isObject(value)) return value;
  const own = Object.entries(value).filter(
    ([key]) => !isInternal(key) || (isObject(known) && Object.hasOwn(known, key)),
  );
  return own.length === 0 && !isObject(known) ? null : Object.fromEntries(own);
}

function readBlock(
  nested: NestedBlock,
  before: Value | undefined,
  live: unknown,
  field: Field,
  reading: Reading,
): Value {
  const inner = field.form === "list" ? field.element : field;
  const fields = inner.form === "object" ? inner.fields : {};
  const known = itemsOf(before);
  if (live === undefined || live === null) return noneOf(nested);
  // A block that nobody wrote is the API server's default, unless all is read.
  if (before !== undefined && known.length === 0 && field.form === "object") return noneOf(nested);
  const items = Array.isArray(live) ? (live as unknown[]) : [live];
  const read = items.map((item, index) =>
    readFields(nested.block, known[index], item as Record<string, unknown>, fields, reading),
  );
  return nested.nesting === "single" ? (read[0] ?? null) : read;
}

function noneOf({ nesting }: NestedBlock): Value {
  return nesting === "single" ? null : [];
}

function readValue(type: ValueType, live: unknown, known: Value | undefined, field: Field): Value {
  if (live === undefined || live === null) return isBlank(known) ? (known ?? null) : null;
  if (typeof type === "string") return readSimple(type, live, known, field);
  const element = field.form === "list" || field.form === "map" ? field.element : field;
  if (type[0] === "object") return readObject(type[1], live, known, field);
  if (type[0] === "map") {
    const entries = Object.entries(live as Record<string, unknown>);
    const before = isObject(known) ? known : {};
    return Object.fromEntries(entries.map(([key, item]) => [key, readValue(type[1], item, before[key], element)]));
  }
  const items = Array.isArray(live) ? (live as unknown[]) : [live];
  return items.map((item, index) => readValue(type[1], item, Array.isArray(known) ? known[index] : undefined, element));
}

/** What Kubernetes says of an object, which nobody configures: the addresses of a service that it is reached at. */
function readObject(types: Readonly<Record<string, ValueType>>, live: object, known: Value | undefined, field: Field) {
  const fields = field.form === "object" ? field.fields : {};
  const before = isObject(known) ? known : {};
  const entries = Object.entries(types).map(([name, type]): [string, Value] => {
    const found = fieldOf(name, fields, {});
    if (found === undefined) return [name, before[name] ?? null];
    return [name, readValue(type, (live as Readonly<Record<string, unknown>>)[found], before[name], fields[found]!)];
  });
  return Object.fromEntries(entries);
}

function readSimple(type: ValueType, live: unknown, known: Value | undefined, { form }: Field): Value {
  const amount = form === "quantity" ? quantityOf(live) : undefined;
  if (amount !== undefined && known !== undefined && amount === quantityOf(known)) return known;
  if (type === "number") return Number(live);
  return type === "bool" ? live === true : String(live);
}

/** What is written as nothing at all is read as it was. */
function isBlank(value: Value | undefined): boolean {
  return (
    value === "" ||
    value === false ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}
