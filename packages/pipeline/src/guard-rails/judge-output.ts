import {
  type DeliveryUnit,
  judgeDelivery,
  type JudgedStack,
  judgeResources,
  judgeRoot,
  type Rule,
  rules as allRules,
  together,
  type Verdict,
} from "@paved/policy";
import { type DeliveredFile, manifestsIn } from "../workspace/delivered";
import type { Fleet } from "../workspace/fleet";

/**
 * Judges all that one synth wrote, resources and manifests, by the guard-rails.
 * @throws PavedError PVD2009 for each manifest that is empty or damaged
 */
export function judgeOutput({ stacks, index, delivered }: Fleet, rules: readonly Rule[] = allRules): Verdict {
  const environments = new Map(index.environments.map((each) => [each.name, each]));
  return together([
    ...stacks.flatMap(({ name, environment, json }) => {
      const stack = {
        name,
        environment: environments.get(environment)!,
        environments: index.environments,
        json: JSON.parse(json) as JudgedStack["json"],
      };
      return [judgeResources(rules, stack), judgeRoot(rules, stack)];
    }),
    ...deliveryUnits(delivered).map((unit) => judgeDelivery(rules, unit, environments.get(unit.environment)!)),
  ]);
}

/** What is delivered, by environment and name. */
function deliveryUnits(files: readonly DeliveredFile[]): readonly DeliveryUnit[] {
  const units = new Map<string, { environment: string; name: string; manifests: object[] }>();
  for (const [{ environment, unit }, manifest] of manifestsIn(files)) {
    const key = `${environment}/${unit}`;
    const known = units.get(key) ?? { environment, name: unit, manifests: [] };
    known.manifests.push(manifest);
    units.set(key, known);
  }
  return [...units.values()];
}
