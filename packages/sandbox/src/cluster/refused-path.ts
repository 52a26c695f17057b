import type { Path } from "../protocol/diagnostics";
import type { BlockSchema } from "../schema/model";
import type { Field, Fields } from "./cluster";
import { fieldOf, isInline, type Renamed } from "./field-names";

/**
 * Where in a resource the field is that an API server names: `spec.limits[0].default[cpu]` is the attribute
 * `spec[0].limit[0].default`. As deep as the schema of the resource has it; items of sets have no place of their own.
 */
export function refusedPath(block: BlockSchema, fields: Fields, renamed: Renamed, field: string): Path {
  const steps = field.split(/[.[\]]+/).filter((step) => step !== "");
  return follow(block, fields, renamed, steps);
}

function follow(block: BlockSchema, fields: Fields, renamed: Renamed, steps: readonly string[]): Path {
  const [step, ...rest] = steps;
  if (step === undefined) return [];
  const isIt = ({ name }: { readonly name: string }): boolean => fieldOf(name, fields, renamed) === step;
  const attribute = block.attributes.find(isIt);
  if (attribute !== undefined) return [attribute.name];
  const nested = block.blocks.find(isIt);
  if (nested === undefined) {
    const around = block.blocks.find((one) => isInline(one, fields, renamed));
    const within = around && follow(around.block, fields, renamed, steps);
    return around === undefined || within === undefined || within.length === 0 ? [] : [around.name, 0, ...within];
  }
  const field = fields[step]!;
  if (nested.nesting === "single") return [nested.name, ...inside(nested.block, field, renamed, rest)];
  if (nested.nesting !== "list") return [nested.name];
  if (field.form !== "list") return [nested.name, 0, ...inside(nested.block, field, renamed, rest)];
  const [index, ...deeper] = rest;
  if (index === undefined || !/^\d+$/.test(index)) return [nested.name];
  return [nested.name, Number(index), ...inside(nested.block, field.element, renamed, deeper)];
}

function inside(block: BlockSchema, field: Field, renamed: Renamed, steps: readonly string[]): Path {
  return field.form === "object" ? follow(block, field.fields, renamed, steps) : [];
}
