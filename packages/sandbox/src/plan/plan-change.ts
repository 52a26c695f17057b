import type { Path } from "../protocol/diagnostics";
import type { BlockSchema } from "../schema/model";
import { sameBlock, sameValue } from "../values/equality";
import { pathIn, typeAt, visitHolders } from "../values/schema-path";
import { at, hasUnknown, isObject, Unknown, UNKNOWN, type Value, type ValueObject } from "../values/value";
import { fillBlock } from "./fill";

/** What a provider knows beyond the schema when it plans. Paths are dotted: `metadata.name`. */
export interface PlanRules {
  /** Changing one of these replaces the object. */
  readonly replaceOn?: readonly string[];
  /** Changing one of these replaces the object where its condition holds, of the object as it was and as it is planned. */
  readonly replaceIf?: Readonly<Record<string, (before: ValueObject, planned: ValueObject) => boolean>>;
  /** Values of what the configuration leaves out. */
  readonly defaults?: Readonly<Record<string, Value>>;
  /** Computed attributes that get a new value when one of the others changes. `*` is any. */
  readonly recompute?: Readonly<Record<string, readonly string[]>>;
  /** Computed attributes that are already known when planning, from what is planned. */
  readonly planned?: (planned: ValueObject) => ValueObject;
}

/** A planned change. */
export interface PlannedChange {
  readonly planned: Value;
  readonly replace: readonly Path[];
  /** Defaults were set on attributes that are not computed, which OpenTofu accepts only from providers that say so. */
  readonly legacy: boolean;
}

/** What to plan, as OpenTofu asks for it; null is "does not exist". */
export interface ChangeRequest {
  readonly prior: Value;
  readonly proposed: Value;
  readonly config: Value;
}

/** Plans one change: pure, and the same prior, configuration and rules always plan the same. */
export function planChange(
  block: BlockSchema,
  { prior, proposed, config }: ChangeRequest,
  rules: PlanRules,
): PlannedChange {
  if (!isObject(proposed)) return { planned: proposed, replace: [], legacy: false };
  const before = isObject(prior) ? prior : undefined;
  const planned = fillBlock(block, before, proposed);
  const legacy = applyDefaults(block, planned, rules.defaults ?? {});
  for (const [name, value] of Object.entries(rules.planned?.(planned) ?? {})) {
    if (at(config, name) == null) planned[name] = value;
  }
  if (before === undefined) return { planned, replace: [], legacy };
  if (!sameBlock(block, before, planned)) recompute(block, before, planned, config, rules.recompute ?? {});
  const { replaceOn = [], replaceIf = {} } = rules;
  const conditional = Object.keys(replaceIf).filter((dotted) => replaceIf[dotted]!(before, planned));
  return { planned, replace: replacements(block, before, planned, [...replaceOn, ...conditional]), legacy };
}

function applyDefaults(block: BlockSchema, planned: ValueObject, defaults: Readonly<Record<string, Value>>): boolean {
  let legacy = false;
  for (const [dotted, value] of Object.entries(defaults)) {
    const computed = isComputed(block, dotted.split("."));
    visitHolders(planned, dotted, (holder, name) => {
      // What was applied before stays: a default only decides what nobody has.
      if (holder[name] !== null && holder[name] !== UNKNOWN) return;
      holder[name] = structuredClone(value);
      legacy ||= !computed;
    });
  }
  return legacy;
}

function isComputed(block: BlockSchema, [name, ...rest]: readonly string[]): boolean {
  const nested = block.blocks.find((candidate) => candidate.name === name);
  if (nested !== undefined) return isComputed(nested.block, rest);
  const attribute = block.attributes.find((candidate) => candidate.name === name);
  if (attribute?.nested === undefined || rest.length === 0) return attribute?.computed === true;
  return isComputed({ attributes: attribute.nested.attributes, blocks: [] }, rest);
}

function recompute(
  block: BlockSchema,
  before: ValueObject,
  planned: ValueObject,
  config: Value,
  rules: Readonly<Record<string, readonly string[]>>,
): void {
  for (const [dotted, causes] of Object.entries(rules)) {
    if (at(config, ...dotted.split(".")) != null) continue;
    if (!causes.some((cause) => cause === "*" || differs(block, before, planned, cause))) continue;
    visitHolders(planned, dotted, (holder, name) => {
      holder[name] = UNKNOWN;
    });
  }
}

function replacements(block: BlockSchema, before: ValueObject, planned: ValueObject, paths: readonly string[]): Path[] {
  return paths
    .filter((dotted) => differs(block, before, planned, dotted))
    .map((dotted) => existingPath(before, planned, dotted));
}

/** OpenTofu wants a path that one of the two values has: a block that comes or goes is named itself. */
function existingPath(before: ValueObject, planned: ValueObject, dotted: string): Path {
  const names = dotted.split(".");
  const isGone = at(before, ...names) === undefined || at(planned, ...names) === undefined;
  return isGone ? [names[0]!] : pathIn(planned, dotted);
}

function differs(block: BlockSchema, before: ValueObject, planned: ValueObject, dotted: string): boolean {
  const type = typeAt(block, dotted);
  if (type === undefined) return false;
  const names = dotted.split(".");
  const [from, to] = [at(before, ...names), at(planned, ...names)];
  if (to instanceof Unknown || hasUnknown(to)) return true;
  return !sameValue(type, from, to);
}
