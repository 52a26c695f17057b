import { serviceLevelObjectives, ServiceStack } from "@paved/golden-paths";
import type { Fleet } from "../fleet";

/** What each service promises in each environment, for tools that read OpenSLO. A job promises nothing as a share. */
export function objectivesOf(fleet: Fleet): ReadonlyMap<string, readonly object[]> {
  const promised = new Map<string, readonly object[]>();
  for (const stack of fleet.stacks) {
    if (!(stack instanceof ServiceStack) || stack.workload === undefined) continue;
    const own = serviceLevelObjectives(stack.workload.observed);
    if (own.length > 0) promised.set(stack.service.name, [...(promised.get(stack.service.name) ?? []), ...own]);
  }
  return promised;
}
