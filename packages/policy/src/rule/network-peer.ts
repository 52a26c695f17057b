import type { EnvironmentEntry } from "@paved/model";
import { covers, isPrivate, liesIn, liesInLastQuarter, rangeOf } from "./address-range";
import { blocks, isSet, texts } from "./attributes";
import type { Attributes } from "./rule";

/** Where a node reads its own credentials, in IPv4 and IPv6. */
const METADATA = ["169.254.169.254/32", "fd00:ec2::254/128"];

/** Where pods get theirs: the agent of Pod Identity on their node. */
const IDENTITY_AGENT = "169.254.170.23/32";

/** Whether a text is a private range of the environment's network, or one that its API is reached from. */
export function isOfNetwork(range: unknown, { cidr, apiFrom }: EnvironmentEntry): boolean {
  return isPrivate(range) && liesIn(range, [cidr, ...apiFrom]);
}

/**
 * Whether a range holds no pods: they stand in the first three quarters of a network, and load balancers, databases and
 * endpoints of AWS in the last (modules/src/network/cidr.ts). Pods are named by their labels and not by addresses, which
 * another pod has tomorrow.
 */
function isBesidePods(range: unknown, { cidr }: EnvironmentEntry): boolean {
  return isPrivate(range) && liesInLastQuarter(range, cidr);
}

/** Whether pods may go to a range without saying more: one that holds no pods, or the agent that gives them their identity. */
export function isNear(range: unknown, environment: EnvironmentEntry): boolean {
  return range === IDENTITY_AGENT || isBesidePods(range, environment);
}

/** What is wrong with a range that a network policy lets in; nothing when it is of the network and holds no pods. */
export function wrongSource({ cidr }: Attributes, environment: EnvironmentEntry): string | undefined {
  return isBesidePods(cidr, environment) ? undefined : "which holds others than load balancers of the network";
}

/**
 * What is wrong with a range that a network policy lets pods out to; nothing when it is near, or when the rule names ports
 * and the range leaves out the credentials of the node and the network itself, of which other rules say more.
 */
export function wrongTarget(block: Attributes, ports: unknown, environment: EnvironmentEntry): string | undefined {
  const { cidr, except } = block;
  if (isNear(cidr, environment)) return undefined;
  if (rangeOf(cidr) === undefined) return "which is no range";
  if (covers(environment.cidr, cidr)) return "which holds pods";
  const leftOut = (held: string): boolean => texts(except).some((range) => covers(range, held));
  const held = [...METADATA, environment.cidr].find((range) => covers(cidr, range) && !leftOut(range));
  if (held !== undefined) return `which holds ${held}`;
  return namesPorts(ports) ? undefined : "without ports";
}

/** Whether ports are named, one by one. */
function namesPorts(ports: unknown): boolean {
  const named = blocks(ports);
  return named.length > 0 && named.every(({ port, endPort }) => isSet(port) && !isSet(endPort));
}
