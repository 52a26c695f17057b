import type { Finding, FleetIndex, PlannedLoss, StackEntry } from "@paved/model";
import { retirementsOf, type StackComparison } from "../addresses/compare";
import { heldBy } from "../impact/stateful";
import { lossFindings } from "./consent";

/** Whether a stack is that of a service which is retired: it has nothing that could run, and loses all that it had. */
export function isRetired({ service, release }: Pick<StackEntry, "service" | "release">): boolean {
  return service !== undefined && release === undefined;
}

/** PVD5016 for what held data and is gone from the sources, by a record that does not say until when it may be destroyed. */
export function destroyFindings(
  { stack, comparison }: { readonly stack: StackEntry; readonly comparison: StackComparison },
  { services }: FleetIndex,
  today: string,
): readonly Finding[] {
  const losses = comparison.explained.flatMap((address): PlannedLoss[] => {
    const loses = heldBy(address);
    const isRetired = retirementsOf(address, stack.records).length > 0;
    return loses === undefined || !isRetired ? [] : [{ address, action: "destroy", loses }];
  });
  const source = services.find(({ name }) => name === stack.service)?.source;
  return lossFindings(stack, losses, today).map((finding) => ({ ...finding, source }));
}
