import type { ComparedStack } from "@paved/model";
import { manifestsByStack } from "../difference/manifest-difference";
import { type StackDifference, stackDifferences } from "../difference/stack-difference";
import type { SynthesizedFleet } from "../revision/synthesized";
import { reasonsFor } from "./reasons";

/** A stack, or what is delivered with it, that is not as it was. */
export interface AffectedStack {
  readonly name: string;
  readonly environment: string;
  /** @default - a platform stack */
  readonly service?: string;
  readonly owner: string;
  readonly change: "added" | "removed" | "changed";
  /** Whether its OpenTofu root differs; if not, it needs no plan, and only what Argo CD delivers is another. */
  readonly plan: boolean;
  /** Addresses of resources and data sources that differ, and paths of settings. */
  readonly addresses: readonly string[];
  /** Manifests that differ: `Deployment orders`. */
  readonly manifests: readonly string[];
  /** Constructs that differ, by the file and line that asked for them where that is known, otherwise by path. */
  readonly constructs: readonly string[];
  /** Changed files that explain it. */
  readonly because: readonly string[];
  /** Stacks that consume what it publishes, directly or by others. */
  readonly dependents: readonly string[];
}

/** Two synths, and the files that synth reads that are not the same. */
export interface Comparison {
  readonly before: SynthesizedFleet;
  readonly after: SynthesizedFleet;
  readonly changedFiles: readonly string[];
}

/**
 * What a change affects, decided by comparing what is synthesized before and after it: never by which files changed, which
 * only explain it. In order of stacks' names.
 */
export function affectedStacks({ before, after, changedFiles }: Comparison): readonly AffectedStack[] {
  const roots = new Map(stackDifferences(before, after).map((each) => [each.stack.name, each]));
  const deliveries = manifestsByStack(before, after);
  const entries = new Map([...before.index.stacks, ...after.index.stacks].map((stack) => [stack.name, stack]));
  const dependents = dependentsOf([...entries.values()]);
  return [...new Set([...roots.keys(), ...deliveries.keys()])].toSorted().flatMap((name) => {
    const stack = entries.get(name);
    if (stack === undefined) return [];
    const [root, manifests] = [roots.get(name), deliveries.get(name) ?? []];
    return [
      {
        name,
        environment: stack.environment,
        service: stack.service,
        owner: stack.owner,
        change: root?.change ?? "changed",
        plan: root !== undefined,
        addresses: [...(root?.elements.map(({ address }) => address) ?? []), ...(root?.settings ?? [])],
        manifests: manifests.map(({ kind, name: object }) => `${kind} ${object}`),
        constructs: constructsOf(root),
        because: reasonsFor({ stack, root, index: after.index, changedFiles }),
        dependents: dependents.get(name) ?? [],
      },
    ];
  });
}

function constructsOf(root: StackDifference | undefined): readonly string[] {
  const places = root?.elements.flatMap(({ origin }) => (origin === undefined ? [] : [origin.source ?? origin.path]));
  return [...new Set(places)].toSorted();
}

function dependentsOf(stacks: readonly ComparedStack[]): ReadonlyMap<string, readonly string[]> {
  const direct = new Map(
    stacks.map(({ name }) => [
      name,
      stacks.filter(({ dependsOn }) => dependsOn.includes(name)).map((each) => each.name),
    ]),
  );
  const all = (name: string): readonly string[] => {
    const found = new Set<string>();
    const waiting = [...(direct.get(name) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(...(direct.get(next) ?? []));
    }
    return [...found].toSorted();
  };
  return new Map(stacks.map(({ name }) => [name, all(name)]));
}
