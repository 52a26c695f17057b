import type { EnvironmentEntry } from "@paved/model";
import { isPrivate, liesIn, liesInLastQuarter } from "./address-range";

/** Whether a text is a private range of the environment's network, or one that its API is reached from. */
export function isOfNetwork(range: unknown, { cidr, apiFrom }: Pick<EnvironmentEntry, "cidr" | "apiFrom">): boolean {
  return isPrivate(range) && liesIn(range, [cidr, ...apiFrom]);
}

/**
 * Whether a range holds no pods: they stand in the first three quarters of a network, and load balancers, databases and
 * endpoints of AWS in the last (modules/src/network/cidr.ts). Pods are named by their labels and not by addresses, which
 * another pod has tomorrow.
 */
export function isBesidePods(range: unknown, cidr: string): boolean {
  return isPrivate(range) && liesInLastQuarter(range, cidr);
}
