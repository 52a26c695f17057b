import type { EnvironmentEntry } from "@paved/model";
import { covers, isPrivate, liesIn, rangeOf } from "./address-range";
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

/** Whether pods may go to a range without saying more: one of the network, or the agent that gives them their identity. */
export function isNear(range: unknown, environment: EnvironmentEntry): boolean {
  return range === IDENTITY_AGENT || isOfNetwork(range, environment);
}

/** What is wrong with a range that a network policy lets in; nothing when it is of the network. */
export function wrongSource({ cidr }: Attributes, environment: EnvironmentEntry): string | undefined {
  return isOfNetwork(cidr, environment) ? undefined : "which is not of the network";
}

/**
 * What is wrong with a range that a network policy lets pods out to; nothing when it is near, or when the rule names ports
 * and the range leaves out the credentials of the node and the network itself, of which rules say more.
 */
export function wrongTarget(block: Attributes, ports: unknown, environment: EnvironmentEntry): string | undefined {
  const { cidr, except } = block;
  if (isNear(cidr, environment)) return undefined;
  if (rangeOf(cidr) === undefined) return "which is no range";
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
