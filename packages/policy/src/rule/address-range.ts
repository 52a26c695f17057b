import { isIPv4, isIPv6 } from "node:net";

/** The addresses of a range, first to last, as whole numbers. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Ranges of networks of one's own (RFC 1918). */
export const OWN_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Ranges that no router of the internet knows, that of carriers (RFC 6598) included. */
const PRIVATE = [...OWN_RANGES, "100.64.0.0/10"];

/**
 * The addresses that a text such as `10.10.0.0/16` or `fd00::/8` means. Nothing when it is no such text in its plain
 * form: blanks, leading zeros, a missing length and IPv4 within IPv6 are read by everybody in another way.
 */
export function rangeOf(text: unknown): AddressRange | undefined {
  if (typeof text !== "string") return undefined;
  const [address = "", length = "", ...more] = text.split("/");
  const family = isIPv4(address) ? 4 : isIPv6(address) && /^[\da-f:]+$/i.test(address) ? 6 : undefined;
  if (family === undefined || more.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const free = (family === 4 ? 32 : 128) - Number(length);
  if (free < 0) return undefined;
  const size = 2n ** BigInt(free);
  const number = family === 4 ? joined(address.split("."), 10, 8n) : joined(groupsOf(address), 16, 16n);
  const first = number - (number % size);
  return { family, first, last: first + size - 1n };
}

/** Whether a text is a range that lies whole in one of others; what is no range lies in none. */
export function liesIn(text: unknown, ranges: readonly string[]): boolean {
  return ranges.some((range) => covers(range, text));
}

/** Whether the one range holds all of the other; what is no range holds nothing and is held by nothing. */
export function covers(outer: unknown, inner: unknown): boolean {
  return holds(rangeOf(outer), rangeOf(inner));
}

/** Whether a text is a range that lies whole in the last quarter of another. */
export function liesInLastQuarter(text: unknown, of: string): boolean {
  const all = rangeOf(of);
  const quarter = all && { ...all, first: all.last - (all.last - all.first) / 4n };
  return holds(quarter, rangeOf(text));
}

function holds(all: AddressRange | undefined, part: AddressRange | undefined): boolean {
  if (all === undefined || part === undefined || all.family !== part.family) return false;
  return all.first <= part.first && part.last <= all.last;
}

/** Whether a text is a range of addresses that are reached from no other network. */
export function isPrivate(text: unknown): boolean {
  return liesIn(text, PRIVATE);
}

function joined(parts: readonly string[], base: 10 | 16, bits: bigint): bigint {
  return parts.reduce((sum, part) => (sum << bits) + BigInt(Number.parseInt(part, base)), 0n);
}

/** The eight groups of an IPv6 address, those that `::` leaves out included. */
function groupsOf(address: string): readonly string[] {
  const [head = [], tail = []] = address.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => "0"), ...tail];
}
