/** A range of IPv4 addresses. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

/** Parses `10.0.0.0/16`; undefined when it is not an IPv4 range whose address is the first of the range. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [a, b, c, d, bits] = match.slice(1).map(Number) as [number, number, number, number, number];
  if (Math.max(a, b, c, d) > 255 || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return first % size === 0 ? { first, last: first + size - 1, bits } : undefined;
}

/** Whether one range lies within another. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

/** Whether two ranges have an address in common. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** The address at an index of a range. */
export function addressAt({ first }: Cidr, index: number): string {
  const address = first + index;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
