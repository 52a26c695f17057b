import type { Instance } from "../behaviours/instance";
import type { AttributeSchema, BlockSchema } from "../schema/model";
import { isObject, textOf, Unknown, type ValueObject } from "../values/value";

const SUFFIX = "_prefix";

/** Gives objects that ask for a generated name one: `name` from `name_prefix`, `metadata.name` from `generate_name`. */
export function nameObject(block: BlockSchema, it: Instance): void {
  const names = new Set(block.attributes.map(({ name }) => name));
  for (const attribute of block.attributes) {
    if (isGenerated(attribute, names) && it.values[attribute.name] instanceof Unknown) {
      const prefix = textOf(it.values[attribute.name + SUFFIX]);
      // The real provider counts up from the time; a number of the object's own keeps runs reproducible.
      it.values[attribute.name] =
        `${prefix ?? "terraform-"}${it.digits(18, attribute.name)}${it.hex(8, attribute.name)}${ending(it)}`;
    }
  }
  const metadata = it.values["metadata"];
  if (!Array.isArray(metadata) || !isObject(metadata[0])) return;
  const first: ValueObject = { ...metadata[0] };
  if (first["name"] instanceof Unknown) first["name"] = `${textOf(first["generate_name"]) ?? ""}${it.hex(5, "name")}`;
  it.values["metadata"] = [first, ...metadata.slice(1)];
}

/** Queues and topics that keep the order say so at the end of their names. */
function ending(it: Instance): string {
  return it.isTrue("fifo_queue") || it.isTrue("fifo_topic") ? ".fifo" : "";
}

function isGenerated({ name, computed, optional }: AttributeSchema, names: ReadonlySet<string>): boolean {
  return computed && optional && names.has(name + SUFFIX);
}
