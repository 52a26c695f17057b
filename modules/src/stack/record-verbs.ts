import { literal, PavedError } from "@paved/model";
import type { Construct } from "constructs";
import { FORGOTTEN, isConstructPath, pathInStack, RENAMED, RETIRED } from "./address-records";
import { useHelm, useKubernetes } from "./kubernetes";
import { originOf } from "./origin";
import { stackOf } from "./paved-stack";

/**
 * Says where the construct stood before, so that what is applied moves with it, it and everything in it: OpenTofu changes
 * the addresses in the state, and nothing in the cloud.
 *
 * @param formerPaths construct paths in the stack, the last one first: `renamedFrom(api, "server", "rest")` was `rest`,
 * then `server`. A record may go when it was applied in every environment
 * @throws PavedError PVD1030 when a path is none, or is where the construct stands now
 */
export function renamedFrom(construct: Construct, ...formerPaths: string[]): void {
  const own = pathInStack(construct);
  for (const path of formerPaths) {
    if (isConstructPath(path) && path !== own) continue;
    throw new PavedError({
      code: "PVD1030",
      where: construct.node.path,
      source: originOf(construct),
      got: `renamedFrom(${JSON.stringify(path)})`,
      want: "the path of construct ids that it had in this stack before",
      fix: 'write for example renamedFrom(api, "server")',
    });
  }
  keepProviders(construct);
  construct.node.addMetadata(RENAMED, formerPaths);
}

/** What is gone, and why. */
export interface Retirement {
  /** Construct path in the stack of what is gone with everything in it. @default - all that the stack had */
  readonly path?: string;
  /** Why, for whoever reads the change. */
  readonly reason: string;
}

/**
 * Says that what stood at a path is gone on purpose: the next apply destroys it. The record may go when it was applied in
 * every environment. A service that is to go entirely keeps its file with `retire(service, { reason })` until then.
 */
export function retire(stack: Construct, retirement: Retirement): void {
  keepProviders(stack);
  stack.node.addMetadata(RETIRED, { path: retirement.path ?? "", reason: literal(retirement.reason) });
}

/** What leaves the state and stays in the cloud. */
export interface Forgetting {
  /** Addresses of resources, for example `aws_db_instance.api_database_instance`. */
  readonly addresses: readonly string[];
  /** Why, for whoever reads the change. */
  readonly reason: string;
}

/** Has OpenTofu forget resources without destroying them: they stay in the cloud and belong to nobody here any more. */
export function forget(stack: Construct, forgetting: Forgetting): void {
  keepProviders(stack);
  for (const address of forgetting.addresses) {
    stack.node.addMetadata(FORGOTTEN, { address, reason: literal(forgetting.reason) });
  }
}

/**
 * What a record speaks of may stand in the cluster, and no module that is left may need the cluster. Without the provider's
 * settings OpenTofu asks another host, finds nothing there, and drops what it was to destroy from the state.
 */
function keepProviders(construct: Construct): void {
  const stack = stackOf(construct);
  // The cluster waits for the one and is the other: neither can have anything in it.
  if (stack.kind === "network" || stack.kind === "cluster") return;
  useKubernetes(stack);
  if (stack.kind === "platform") useHelm(stack);
}
