import type { ComparedIndex, ComparedStack } from "@paved/model";
import type { Comparison } from "../affected/affected";
import { type ManifestDifference, manifestsByStack } from "../difference/manifest-difference";
import { readRoot } from "../difference/root-document";
import { type StackDifference, stackDifferences } from "../difference/stack-difference";
import type { SynthesizedFleet } from "../revision/synthesized";
import { type CostChange, costChanges, differenceOf } from "./cost";
import { type Action, changedFactsOf, type DeclaredStack, type Effect, effectsOf } from "./effects";
import { type PermissionChange, permissionChanges } from "./permissions";

/** A manifest that is delivered anew, another way, or no more. */
export type DeliveryEffect = Omit<ManifestDifference, "before" | "after">;

/** What a change does to one stack and to what is delivered with it. */
export interface StackImpact {
  readonly name: string;
  readonly environment: string;
  /** @default - a platform stack */
  readonly service?: string;
  readonly owner: string;
  readonly effects: readonly Effect[];
  readonly deliveries: readonly DeliveryEffect[];
  readonly permissions: readonly PermissionChange[];
  readonly costs: readonly CostChange[];
  /** Providers, backend, outputs: paths of what differs. */
  readonly settings: readonly string[];
}

/** How many resources an apply would do what to. */
export type ActionCounts = Readonly<Record<Action, number>>;

/** What a change does to the fleet. */
export interface Impact {
  readonly stacks: readonly StackImpact[];
  readonly counts: ActionCounts;
  /** Manifests that are delivered anew, another way, or no more. */
  readonly delivered: number;
  /** What holds something and is destroyed or replaced, by stack and address; production first. */
  readonly losses: readonly Loss[];
  /** Dollars a month more, or less when negative, of what is billed by the hour or month. */
  readonly monthly: number;
}

/** Something that holds data, or all that stands in it, and would be gone. */
export interface Loss extends Effect {
  readonly stack: string;
  readonly environment: string;
  readonly loses: string;
}

/** What the change between two synths does, by stack and address; values that may be secrets are masked. */
export function impactOf({ before, after }: Comparison): Impact {
  const roots = new Map(stackDifferences(before, after).map((each) => [each.stack.name, each]));
  const manifests = manifestsByStack(before, after);
  const entries = new Map([...before.index.stacks, ...after.index.stacks].map((stack) => [stack.name, stack]));
  const effects = allEffects(roots, after);
  const named = new Set([...roots.keys(), ...manifests.keys(), ...effects.keys()]);
  const stacks = [...named].toSorted().flatMap((name): StackImpact[] => {
    const entry = entries.get(name);
    if (entry === undefined) return [];
    const { environment, service, owner } = entry;
    const own = parts(roots.get(name), manifests.get(name) ?? [], effects.get(name) ?? []);
    return [{ name, environment, service, owner, ...own }];
  });
  return summed(stacks, after.index);
}

/** The same, of some of the stacks only. */
export function summed(stacks: readonly StackImpact[], index: ComparedIndex): Impact {
  const counts = { create: 0, update: 0, replace: 0, destroy: 0, move: 0, import: 0, forget: 0, settings: 0 };
  for (const { action } of stacks.flatMap(({ effects }) => effects)) counts[action] += 1;
  const guarded = new Set(index.environments.filter((each) => each.protected).map(({ name }) => name));
  const isProtected = ({ environment }: Loss) => guarded.has(environment);
  const losses = stacks
    .flatMap(({ name, environment, effects }) =>
      effects.flatMap((effect): Loss[] =>
        effect.loses === undefined ? [] : [{ ...effect, stack: name, environment, loses: effect.loses }],
      ),
    )
    .toSorted((a, b) => Number(isProtected(b)) - Number(isProtected(a)));
  return {
    stacks,
    counts,
    delivered: stacks.reduce((sum, { deliveries }) => sum + deliveries.length, 0),
    losses,
    monthly: stacks.flatMap(({ costs }) => costs).reduce((sum, cost) => sum + differenceOf(cost), 0),
  };
}

/**
 * Effects by stack, of all that have some: in the order they are applied, since what one publishes may be another once it
 * is applied, and reaches those that consume it although they declare the same.
 */
function allEffects(
  roots: ReadonlyMap<string, StackDifference>,
  after: SynthesizedFleet,
): ReadonlyMap<string, readonly Effect[]> {
  const found = new Map<string, readonly Effect[]>();
  const facts = new Map<string, readonly string[]>();
  for (const stack of after.index.stacks) {
    const changed = new Set(stack.dependsOn.flatMap((name) => facts.get(name) ?? []));
    const root = roots.get(stack.name);
    if (root === undefined && changed.size === 0) continue;
    const declared = declaredBy(stack, after);
    const effects = effectsOf(root?.elements ?? [], declared, changed);
    if (effects.length > 0) found.set(stack.name, effects);
    facts.set(stack.name, changedFactsOf(effects, declared));
  }
  for (const [name, { change, elements }] of roots) {
    if (change === "removed") found.set(name, effectsOf(elements, { resources: new Map(), sources: new Map() }));
  }
  return found;
}

function declaredBy({ directory, elements }: ComparedStack, { files }: SynthesizedFleet): DeclaredStack {
  return {
    resources: readRoot(files[`${directory}/cdk.tf.json`] ?? "{}").resources,
    sources: new Map(Object.entries(elements).map(([address, { source, path }]) => [address, source ?? path])),
  };
}

function parts(
  root: StackDifference | undefined,
  manifests: readonly ManifestDifference[],
  effects: readonly Effect[],
): Omit<StackImpact, "name" | "environment" | "service" | "owner"> {
  const elements = root?.elements ?? [];
  return {
    effects,
    deliveries: manifests.map(({ before: _before, after: _after, ...rest }) => rest),
    permissions: permissionChanges(elements, manifests),
    costs: costChanges(elements),
    settings: root?.settings ?? [],
  };
}
