import { replacedBy } from "@paved/sandbox";
import type { AttributeDifference } from "../difference/attributes";
import { type Attributes, typeOf } from "../difference/root-document";
import type { ElementDifference } from "../difference/stack-difference";
import { factReferencesIn, factsIn, type Reference, referencesIn } from "./references";
import { heldBy } from "./stateful";

/**
 * What an apply would do to one resource, as far as the configuration tells. `settings` is nothing in the cloud: only how
 * OpenTofu treats it, for example whether it may destroy it.
 */
export type Action = "create" | "update" | "replace" | "destroy" | "move" | "import" | "forget" | "settings";

/** One resource that an apply would do something to. */
export interface Effect {
  readonly address: string;
  readonly action: Action;
  /** Address it had. @default - the same */
  readonly from?: string;
  /** What is lost, when it holds something and is destroyed or replaced. @default - nothing */
  readonly loses?: string;
  /** Why it is replaced: attributes that cannot be changed, or that name something that is replaced. */
  readonly because: readonly string[];
  readonly attributes: readonly AttributeDifference[];
  /** The user's file and line, or the construct's path. @default - not known */
  readonly source?: string;
}

/**
 * What an apply of a stack would do, by address, without a state: creates and destroys follow from what is declared,
 * replacements from what the providers cannot change in place, and both reach what names an attribute that is only known
 * after apply of something that is replaced.
 *
 * @param stack the stack after the change: what it declares, and where that comes from
 * @param changedFacts facts of contracts that will be others once the stacks before it are applied: `contract-network-v1.vpcId`
 */
export function effectsOf(
  elements: readonly ElementDifference[],
  { resources, sources }: DeclaredStack,
  changedFacts: ReadonlySet<string> = new Set(),
): readonly Effect[] {
  const effects = new Map(
    elements
      .filter(({ address }) => !address.startsWith("data."))
      .map((element) => [element.address, effectOf(element)] as const),
  );
  const next = (): Effect | undefined => reached(effects, resources, changedFacts)[0];
  for (let effect = next(); effect !== undefined; effect = next()) {
    effects.set(effect.address, { ...effect, source: sources.get(effect.address) });
  }
  return [...effects.values()].toSorted((a, b) => (a.address < b.address ? -1 : 1));
}

/** Facts of the contracts that a stack publishes which will be others, since what they name will be. */
export function changedFactsOf(all: readonly Effect[], { resources }: DeclaredStack): readonly string[] {
  const effects = new Map(all.map((effect) => [effect.address, effect]));
  if (effects.size === 0) return [];
  return [...resources].flatMap(([address, { insecure_value: value }]) => {
    const contract = contractAt(address);
    if (contract === undefined || typeof value !== "string") return [];
    const facts = [...factsIn(value)].filter(([, named]) =>
      named.some((each) => isAnother(each, effects.get(each.address), resources)),
    );
    return facts.map(([fact]) => `${contract}.${fact}`);
  });
}

/** The contract that a resource publishes: `contract-network-v1`. @returns nothing for one that publishes none */
export function contractAt(address: string): string | undefined {
  return /^aws_ssm_parameter\..*?(contract-[\w-]+)$/.exec(address)?.[1];
}

/** What a stack declares. */
export interface DeclaredStack {
  /** All its resources, by address. */
  readonly resources: ReadonlyMap<string, Attributes>;
  /** The user's file and line of each, or its construct's path. */
  readonly sources: ReadonlyMap<string, string>;
}

const ACTIONS = { added: "create", removed: "destroy", forgotten: "forget", imported: "import" } as const;

function effectOf({ address, change, from, attributes, before, after, origin }: ElementDifference): Effect {
  const source = origin?.source ?? origin?.path;
  const base = { address, from, attributes, source, because: [] };
  if (change !== "changed" && change !== "moved") {
    const loses = change === "removed" ? heldBy(address) : undefined;
    return { ...base, action: ACTIONS[change], ...(loses === undefined ? {} : { loses }) };
  }
  const because = replacedBy(typeOf(address), attributes.map(pathOf), before ?? {}, after ?? {});
  if (because.length > 0) return replaced({ ...base, action: "replace", because });
  const written = attributes.filter(({ path }) => !isAboutTheEngine(path));
  if (written.length > 0) return { ...base, action: "update" };
  return { ...base, action: change === "moved" ? "move" : "settings" };
}

function replaced(effect: Effect): Effect {
  const loses = heldBy(effect.address);
  return { ...effect, ...(loses === undefined ? {} : { loses }) };
}

/** Resources that name what will be another, and of which that is not said yet. */
function reached(
  effects: ReadonlyMap<string, Effect>,
  resources: ReadonlyMap<string, Attributes>,
  changedFacts: ReadonlySet<string>,
): readonly Effect[] {
  return [...resources].flatMap(([address, attributes]) => {
    const known = effects.get(address);
    if (known !== undefined && ["replace", "create", "import"].includes(known.action)) return [];
    const named = [
      ...referencesIn(attributes).filter((each) => isAnother(each, effects.get(each.address), resources)),
      ...factReferencesIn(attributes).filter((fact) => changedFacts.has(`${fact.address}.${fact.attribute}`)),
    ];
    if (named.length === 0) return [];
    const paths = named.map(({ path }) => path);
    const replacing = replacedBy(typeOf(address), paths, attributes, attributes);
    const because = named
      .filter(({ path }) => replacing.length === 0 || replacing.includes(path))
      .map(({ path, address: other }) => `${path} (${other})`)
      .filter((each, index, all) => all.indexOf(each) === index);
    const base = { address, attributes: known?.attributes ?? [], from: known?.from, because };
    if (replacing.length > 0) return [replaced({ ...base, action: "replace" })];
    return known?.action === "update" && known.because.length > 0 ? [] : [{ ...base, action: "update" as const }];
  });
}

/** Whether what a reference names will have another value: it is written otherwise, or known only when it is made anew. */
function isAnother(
  { address, attribute }: Reference,
  effect: Effect | undefined,
  resources: ReadonlyMap<string, Attributes>,
): boolean {
  if (effect === undefined) return false;
  if (effect.attributes.some(({ path }) => path.replace(/[.[].*$/, "") === attribute)) return true;
  return effect.action === "replace" && !isWritten(resources.get(address), attribute);
}

/** An attribute that is written is known before the apply, also of what is replaced. */
function isWritten(attributes: Attributes | undefined, name: string): boolean {
  const value = attributes?.[name];
  return typeof value === "string" && !value.includes("${");
}

/** What only OpenTofu reads changes nothing in the cloud. */
function isAboutTheEngine(path: string): boolean {
  return /^(depends_on|lifecycle|provider)\b/.test(path);
}

function pathOf({ path }: AttributeDifference): string {
  return path.replace(/\[\d+\]/g, "");
}
