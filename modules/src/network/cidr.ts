import { PavedError } from "@paved/model";

/** IPv4 ranges of a network, one a zone in the order of the zones. */
export interface SubnetRanges {
  /** For load balancers and NAT. */
  readonly public: string[];
  /** For nodes and pods: by far the largest. */
  readonly private: string[];
  /** For databases and the control plane: no way out. */
  readonly intra: string[];
}

/** Zones that room is kept for. No AWS region has more for one account to use. */
const MOST_ZONES = 6;
/** AWS allows a VPC from /16 to /28 (VPC user guide, "VPC CIDR blocks"). */
const LARGEST_PREFIX = 16;
/** A load balancer needs subnets of at least /27 (ELB user guide, "Subnets for your load balancer"): six bits below this. */
const SMALLEST_PREFIX = 21;

/**
 * The range in eighths: six for private subnets, one a zone; one for the public and one for the intra subnets, each in
 * eighths again. A /16 gives private /19 (8,192 addresses), public and intra /22 (1,024). Every zone up to the sixth has
 * its place from the start, so that a zone added at the end of the list moves nothing.
 */
const PRIVATE_BITS = 3;
const SMALL_BITS = 6;
const FIRST_PUBLIC = 6 * 8;
const FIRST_INTRA = 7 * 8;

/**
 * Cuts the network's range into subnets. Pure: the same range gives the same subnets, for ever.
 *
 * @param cidr range of the VPC, from /16 to /21, for example `10.10.0.0/16`
 * @param zones number of zones, 1 to 6
 * @throws PavedError PVD1012 when the range is too small; PVD1002 when it is no range of a VPC, or zones are out of bounds
 */
export function subnetsOf(cidr: string, zones: number): SubnetRanges {
  const { base, prefix } = parse(cidr);
  if (!Number.isInteger(zones) || zones < 1 || zones > MOST_ZONES) {
    throw invalid("network.zones", `${zones} zones`, `1 to ${MOST_ZONES}`, "name fewer zones, or at least one");
  }
  const cut = (bits: number, first: number) =>
    Array.from({ length: zones }, (_, zone) =>
      format(base + (first + zone) * 2 ** (32 - prefix - bits), prefix + bits),
    );
  return { public: cut(SMALL_BITS, FIRST_PUBLIC), private: cut(PRIVATE_BITS, 0), intra: cut(SMALL_BITS, FIRST_INTRA) };
}

function parse(cidr: string): { readonly base: number; readonly prefix: number } {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr)?.slice(1).map(Number);
  const [a, b, c, d, prefix] = parts ?? [];
  const octets = [a, b, c, d];
  if (prefix === undefined || prefix > 32 || octets.some((octet) => octet === undefined || octet > 255)) {
    throw invalid("network.cidr", JSON.stringify(cidr), "an IPv4 range", "write one such as 10.10.0.0/16");
  }
  const base = octets.reduce<number>((sum, octet) => sum * 256 + (octet ?? 0), 0);
  if (prefix > SMALLEST_PREFIX) throw tooSmall(cidr, prefix);
  if (prefix < LARGEST_PREFIX) {
    throw invalid("network.cidr", cidr, `at most a /${LARGEST_PREFIX}, the largest VPC`, "use a smaller range");
  }
  const start = base - (base % 2 ** (32 - prefix));
  if (start !== base) {
    throw invalid("network.cidr", cidr, "the first address of the range", `write ${format(start, prefix)}`);
  }
  return { base, prefix };
}

function format(address: number, prefix: number): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

function tooSmall(cidr: string, prefix: number): PavedError {
  return new PavedError({
    code: "PVD1012",
    where: "network.cidr",
    got: `${cidr}, ${2 ** (32 - prefix)} addresses`,
    want: `at least a /${SMALLEST_PREFIX} (${2 ** (32 - SMALLEST_PREFIX)} addresses), so that each zone has a public subnet a load balancer accepts`,
    fix: `use a /${SMALLEST_PREFIX}, or better a /16: the range of a VPC cannot be changed later`,
  });
}

function invalid(where: string, got: string, want: string, fix: string): PavedError {
  return new PavedError({ code: "PVD1002", where, got, want, fix });
}
