/** An IPv4 range, as the number of its first address and how many bits all its addresses share. */
export interface Range {
  readonly first: number;
  readonly prefix: number;
}

const BITS = 32;
const OCTET = 256;

/** Reads a range such as `10.30.0.0/16`. @returns nothing for what is none, one of IPv6 included */
export function rangeOf(text: unknown): Range | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(String(text))?.slice(1).map(Number);
  const prefix = parts?.[4];
  if (parts === undefined || prefix === undefined || prefix > BITS) return undefined;
  const octets = parts.slice(0, 4);
  if (octets.some((octet) => octet >= OCTET)) return undefined;
  return { first: octets.reduce((sum, octet) => sum * OCTET + octet, 0), prefix };
}

/** Whether all addresses of a range are in another. What is no range is in none, and has none in it. */
export function isWithin(inner: unknown, outer: unknown): boolean {
  const [one, other] = [rangeOf(inner), rangeOf(outer)];
  if (one === undefined || other === undefined || one.prefix < other.prefix) return false;
  const size = 2 ** (BITS - other.prefix);
  return Math.floor(one.first / size) === Math.floor(other.first / size);
}
