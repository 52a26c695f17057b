import { clusterActions } from "./cluster";
import { dataActions } from "./data";
import { deliveryActions } from "./delivery";
import { identityActions } from "./identity";
import { networkActions } from "./network";
import { storageActions } from "./storage";
import type { ActionTable } from "./type-actions";

/**
 * What the fleet's resource types need, in groups that each fit a managed policy. Identities are not among them: what may
 * be written of those is narrowed further than by service.
 */
export const ACTION_GROUPS = {
  network: networkActions,
  cluster: clusterActions,
  data: dataActions,
  storage: storageActions,
  delivery: deliveryActions,
} as const satisfies Readonly<Record<string, ActionTable>>;

/** Name of one of {@link ACTION_GROUPS}. */
export type ActionGroup = keyof typeof ACTION_GROUPS;

/** What the provider calls, for every resource type of AWS that the fleet has. */
export const FLEET_ACTIONS: ActionTable = Object.assign({}, ...Object.values(ACTION_GROUPS), identityActions);

/** Actions of several types, each once, sorted. */
export function actionsOf(table: ActionTable, sort: "reads" | "writes"): readonly string[] {
  return [...new Set(Object.values(table).flatMap((actions) => actions[sort]))].toSorted();
}
