/** An IPv4 range, from its first address to its last. */
interface Range {
  readonly first: number;
  readonly last: number;
}

/** Whether a text is a range of private addresses (RFC 1918) that begins where its prefix says, of /16 to /20. */
export function isNetworkRange(text: string): boolean {
  const [, a = "", b = "", c = "", d = "", length = ""] =
    /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{2})$/.exec(text) ?? [];
  if (length === "" || [a, b, c, d].some((octet) => Number(octet) > 255)) return false;
  const isPrivate = a === "10" || (a === "192" && b === "168") || (a === "172" && Number(b) >= 16 && Number(b) < 32);
  const isAligned = addressOf(text) % sizeOf(text) === 0;
  return isPrivate && isAligned && Number(length) >= 16 && Number(length) <= 20;
}

/** Those of the ranges that have an address in common with one. */
export function overlapping(text: string, ranges: readonly string[]): readonly string[] {
  const { first, last } = rangeOf(text);
  return ranges.filter((each) => {
    const other = rangeOf(each);
    return first <= other.last && other.first <= last;
  });
}

/**
 * The next range of the same size behind one that has nothing in common with others, within its first octet.
 * @returns nothing when all are taken
 */
export function nextFree(after: string, others: readonly string[]): string | undefined {
  const length = after.split("/")[1]!;
  const octet = Math.floor(addressOf(after) / 2 ** 24);
  for (let at = addressOf(after) + sizeOf(after); Math.floor(at / 2 ** 24) === octet; at += sizeOf(after)) {
    const range = `${[24, 16, 8, 0].map((bits) => Math.floor(at / 2 ** bits) % 256).join(".")}/${length}`;
    if (overlapping(range, others).length === 0) return range;
  }
  return undefined;
}

function rangeOf(text: string): Range {
  const size = sizeOf(text);
  const first = addressOf(text) - (addressOf(text) % size);
  return { first, last: first + size - 1 };
}

function addressOf(text: string): number {
  const [address = ""] = text.split("/");
  return address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function sizeOf(text: string): number {
  return 2 ** (32 - Number(text.split("/")[1]));
}
