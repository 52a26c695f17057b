import { type EnvironmentName, literal } from "@paved/model";
import type { Construct } from "constructs";
import { FORGOTTEN, IMPORTED, REPLACEABLE, RETIRED } from "./address-records";
import { HANDED_OVER, TAKEN_OVER } from "./hand-over";
import { useHelm, useKubernetes } from "./kubernetes";
import { RENAMED } from "./moves";
import { stackOf } from "./paved-stack";
import {
  checkForgetting,
  checkHandOver,
  checkImport,
  checkRenaming,
  checkReplacement,
  checkRetirement,
  checkTakeOver,
} from "./record-arguments";

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
  /**
   * Day until which that may destroy data, as `YYYY-MM-DD`, at most 365 days ahead.
   * @default - it may not: what holds no data goes, and the rest is refused
   */
  readonly until?: string;
}

/**
 * Says that what stood at a path is gone on purpose: the next apply destroys it. The record may go when it was applied in
 * every environment. A service that is to go entirely keeps its file with `retire(service, { reason })` until then.
 *
 * @throws PavedError PVD1030 for arguments that cannot be, each; at synth, where something still stands there
 */
export function retire(stack: Construct, retirement: Retirement): void {
  checkRetirement(stack, retirement);
  const { path, reason, until } = retirement;
  if (!isIn(stack, retirement)) return;
  keepProviders(stack);
  const end = until === undefined ? {} : { until };
  stack.node.addMetadata(RETIRED, { path: path ?? "", reason: literal(reason), ...end });
}

/** What holds data and may be made anew. */
export interface Replacement {
  /** Address of one resource that stands, for example `aws_db_instance.api_database_instance`. */
  readonly address: string;
  /** Environments in which it may. @default - all environments */
  readonly environments?: readonly EnvironmentName[];
  /** Day until which it may, as `YYYY-MM-DD`, at most 365 days ahead. */
  readonly until: string;
  /** Why, and what becomes of the data, for whoever reads the change. */
  readonly reason: string;
}

/**
 * Allows that a change destroys something that holds data and makes it anew, with what is in it lost. Without that record
 * an apply is refused, and a bundle of plans that does it is not even written (`PVD5016`). Of what is gone, `retire` says so.
 *
 * @throws PavedError PVD1030 for arguments that cannot be, each; at synth, for an address at which nothing stands
 */
export function allowReplace(stack: Construct, replacement: Replacement): void {
  checkReplacement(stack, replacement);
  const { address, until, reason } = replacement;
  if (isIn(stack, replacement)) stack.node.addMetadata(REPLACEABLE, { address, until, reason: literal(reason) });
}

function isIn(stack: Construct, { environments }: Pick<Retirement, "environments">): boolean {
  return environments === undefined || environments.includes(stackOf(stack).environment.name);
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

/** What comes into the state as it stands. */
export interface Import {
  /** Ids by address: what the provider knows each by, as its documentation says under import. */
  readonly ids: Readonly<Record<string, string>>;
  /** Environments in which it stands. @default - all environments, each with the same ids */
  readonly environments?: readonly EnvironmentName[];
  /** Why, for whoever reads the change. */
  readonly reason: string;
}

/**
 * Has OpenTofu take up what stands already, made by hand or by another tool, instead of making it: the next plan says what
 * it would change of it. `paved import` tries it out first. The record may go when it was applied in every environment.
 *
 * @throws PavedError PVD1030 for arguments that cannot be, each; at synth, where nothing is declared at an address
 */
export function importExisting(stack: Construct, existing: Import): void {
  checkImport(stack, existing);
  if (!isIn(stack, existing)) return;
  const reason = literal(existing.reason);
  for (const [address, id] of Object.entries(existing.ids))
    stack.node.addMetadata(IMPORTED, { address, id: literal(id), reason });
}

/** What goes to another stack. */
export interface HandingOver {
  /** Name of the stack that takes it over, for example `files`. */
  readonly to: string;
  /** Construct path in this stack of what goes, with everything in it. */
  readonly path: string;
  /** Why, for whoever reads the change. */
  readonly reason: string;
}

/**
 * Says that what stood at a path goes to another stack of the environment, which says {@link takeOver}: it stays as it is,
 * and changes the state it is in. Until the other stack has it, this one waits. Both records may go when both were applied
 * in every environment.
 *
 * @throws PavedError PVD1030 for arguments that cannot be, each; at synth, where the other stack does not say so, too
 */
export function handOver(stack: Construct, handing: HandingOver): void {
  checkHandOver(stack, handing);
  keepProviders(stack);
  const { to, path } = handing;
  stack.node.addMetadata(HANDED_OVER, { other: to, path, now: path, reason: literal(handing.reason) });
}

/** What comes from another stack. */
export interface TakingOver {
  /** Name of the stack that had it, for example `orders`. */
  readonly from: string;
  /** Construct path that it had there. */
  readonly path: string;
  /** Construct path that it has here. @default - the same */
  readonly now?: string;
  /** Why, for whoever reads the change. */
  readonly reason: string;
}

/**
 * Says that what stands at a path was in another stack of the environment until now, which says {@link handOver}: the next
 * apply takes it up as it stands.
 *
 * @throws PavedError PVD1030 for arguments that cannot be, each; at synth, where the other stack does not say so, too, and
 * where nothing stands
 */
export function takeOver(stack: Construct, taking: TakingOver): void {
  checkTakeOver(stack, taking);
  const { from, path, now = path } = taking;
  stack.node.addMetadata(TAKEN_OVER, { other: from, path, now, reason: literal(taking.reason) });
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
