import type { Construct } from "constructs";
import { RETIRED } from "./address-records";
import { stackOf } from "./paved-stack";

/**
 * Takes note that a part which a construct has in other environments is not in this one, as follows from the environments that
 * there are: where it was applied, it goes, and nobody has to record that it is gone. Only for what holds no data.
 *
 * @param id construct id of the part
 */
export function leftOut(construct: Construct, id: string, reason: string): void {
  const stack = stackOf(construct);
  const path = `${construct.node.path}/${id}`.slice(stack.node.path.length + 1);
  stack.node.addMetadata(RETIRED, { path, reason });
}
