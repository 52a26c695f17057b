import { type EnvironmentName, type Finding, literal, PavedError } from "@paved/model";
import type { Construct } from "constructs";
import { FORGOTTEN, isConstructPath, RETIRED } from "./address-records";
import { useHelm, useKubernetes } from "./kubernetes";
import { pathInStack, RENAMED } from "./moves";
import { originOf, userLine } from "./origin";
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
  /** Environments in which it is gone, where others still have it. @default - all environments */
  readonly environments?: readonly EnvironmentName[];
  /** Why, for whoever reads the change. */
  readonly reason: string;
}

/**
 * Says that what stood at a path is gone on purpose: the next apply destroys it. The record may go when it was applied in
 * every environment. A service that is to go entirely keeps its file with `retire(service, { reason })` until then.
 *
 * @throws PavedError PVD1030 for a path that is none, and without a reason; at synth, where something still stands there
 */
export function retire(stack: Construct, { path, environments, reason }: Retirement): void {
  const verb = "retire";
  if (path !== undefined && !isConstructPath(path)) {
    throw refused(stack, {
      got: `${verb} of ${JSON.stringify(path)}`,
      want: "the path of construct ids that it had in this stack",
      fix: 'write for example path: "api/cache"',
    });
  }
  const why = reasonOf(stack, verb, reason);
  if (environments !== undefined && !environments.includes(stackOf(stack).environment.name)) return;
  keepProviders(stack);
  stack.node.addMetadata(RETIRED, { path: path ?? "", reason: why });
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
 * @throws PavedError PVD1030 for what is no address, and without a reason
 */
export function forget(stack: Construct, forgetting: Forgetting): void {
  const verb = "forget";
  const wrong = forgetting.addresses.find((address) => !RESOURCE_ADDRESS.test(address));
  if (wrong !== undefined) {
    throw refused(stack, {
      got: `${verb} of ${JSON.stringify(wrong)}`,
      want: "addresses of resources, as they are in environments/<name>/addresses",
      fix: 'write for example addresses: ["aws_s3_bucket.api_bucket_store_bucket"]',
    });
  }
  const why = reasonOf(stack, verb, forgetting.reason);
  keepProviders(stack);
  for (const address of forgetting.addresses) stack.node.addMetadata(FORGOTTEN, { address, reason: why });
}

/** Type and name of one resource: no data source, no module, no index. */
const RESOURCE_ADDRESS = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+\.[a-z][a-z0-9_-]*$/;

function reasonOf(stack: Construct, verb: string, reason: string): string {
  if (typeof reason === "string" && reason.trim() !== "") return literal(reason);
  throw refused(stack, {
    got: `${verb} without a reason`,
    want: "why, for whoever reads the change",
    fix: `write ${verb}(service, { …, reason: "…" })`,
  });
}

function refused(stack: Construct, what: Pick<Finding, "got" | "want" | "fix">): PavedError {
  return new PavedError({ code: "PVD1030", where: stack.node.id, source: userLine() ?? originOf(stack), ...what });
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
