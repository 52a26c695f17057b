import { type EnvironmentName, literal } from "@paved/model";
import type { Construct } from "constructs";
import { FORGOTTEN, RETIRED } from "./address-records";
import { useHelm, useKubernetes } from "./kubernetes";
import { RENAMED } from "./moves";
import { stackOf } from "./paved-stack";
import { checkForgetting, checkRenaming, checkRetirement } from "./record-arguments";

/**
 * Says where the construct stood before, so that what is applied moves with it, it and everything in it: OpenTofu changes
 * the addresses in the state, and nothing in the cloud.
 *
 * @param formerPaths construct paths in the stack, the last one first: `renamedFrom(api, "server", "rest")` was `rest`,
 * then `server`. A record may go when it was applied in every environment
 * @throws PavedError PVD1030 when there is no path, one is none, or is where the construct stands now
 */
export function renamedFrom(construct: Construct, ...formerPaths: string[]): void {
  checkRenaming(construct, formerPaths);
  keepProviders(construct);
  construct.node.addMetadata(RENAMED, formerPaths);
}

/** What is gone, and why. */
export interface Retirement {
  /** Construct path in the stack of what is gone with everything in it. @default - all that the stack had */
  readonly path?: string;
  /** Environments in which it is gone, where others still have it. @default - all environments */
  readonly environments?: readonly EnvironmentName[];
  /** Why, for whoever reads the change. */
  readonly reason: string;
}

/**
 * Says that what stood at a path is gone on purpose: the next apply destroys it. The record may go when it was applied in
 * every environment. A service that is to go entirely keeps its file with `retire(service, { reason })` until then.
 *
 * @throws PavedError PVD1030 for arguments that cannot be, each; at synth, where something still stands there
 */
export function retire(stack: Construct, retirement: Retirement): void {
  checkRetirement(stack, retirement);
  const { path, environments, reason } = retirement;
  if (environments !== undefined && !environments.includes(stackOf(stack).environment.name)) return;
  keepProviders(stack);
  stack.node.addMetadata(RETIRED, { path: path ?? "", reason: literal(reason) });
}

/** What leaves the state and stays in the cloud. */
export interface Forgetting {
  /** Addresses of resources, for example `aws_db_instance.api_database_instance`. */
  readonly addresses: readonly string[];
  /** Why, for whoever reads the change. */
  readonly reason: string;
}

/**
 * Has OpenTofu forget resources without destroying them: they stay in the cloud and belong to nobody here any more.
 * @throws PavedError PVD1030 for arguments that cannot be, each
 */
export function forget(stack: Construct, forgetting: Forgetting): void {
  checkForgetting(stack, forgetting);
  keepProviders(stack);
  const reason = literal(forgetting.reason);
  for (const address of forgetting.addresses) stack.node.addMetadata(FORGOTTEN, { address, reason });
}

/**
 * What a record speaks of may stand in the cluster, and no module that is left may need the cluster. Without the provider's
 * settings OpenTofu asks another host, finds nothing there, and drops what it was to destroy from the state.
 */
function keepProviders(construct: Construct): void {
  const stack = stackOf(construct);
  // The cluster waits for the first two and is the third: none can have anything in it.
  if (stack.kind === "state" || stack.kind === "network" || stack.kind === "cluster") return;
  useKubernetes(stack);
  if (stack.kind === "platform") useHelm(stack);
}
