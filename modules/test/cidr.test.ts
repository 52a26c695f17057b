import * as fc from "fast-check";
import { subnetsOf } from "../src";

interface Range {
  readonly start: number;
  readonly size: number;
}

function rangeOf(cidr: string): Range {
  const [address = "", prefix = ""] = cidr.split("/");
  const start = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { start, size: 2 ** (32 - Number(prefix)) };
}

const networks = fc.tuple(fc.integer({ min: 16, max: 21 }), fc.nat({ max: 2 ** 32 - 1 })).map(([prefix, address]) => {
  const start = address - (address % 2 ** (32 - prefix));
  return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".")}/${prefix}`;
});
const zones = fc.integer({ min: 1, max: 6 });

function all(cidr: string, count: number): string[] {
  const ranges = subnetsOf(cidr, count);
  return [...ranges.public, ...ranges.private, ...ranges.intra];
}

function check(property: (network: string, count: number) => void): void {
  fc.assert(fc.property(networks, zones, property), { numRuns: 300 });
}

test("a /16 in three zones gives private /19, public and intra /22", () => {
  expect(subnetsOf("10.10.0.0/16", 3)).toEqual({
    private: ["10.10.0.0/19", "10.10.32.0/19", "10.10.64.0/19"],
    public: ["10.10.192.0/22", "10.10.196.0/22", "10.10.200.0/22"],
    intra: ["10.10.224.0/22", "10.10.228.0/22", "10.10.232.0/22"],
  });
});

test("every tier has one subnet a zone", () =>
  check((network, count) => {
    const { public: open, private: closed, intra } = subnetsOf(network, count);
    expect([open.length, closed.length, intra.length]).toEqual([count, count, count]);
  }));

test("every subnet lies inside the range and starts on a multiple of its size", () =>
  check((network, count) => {
    const { start, size } = rangeOf(network);
    for (const subnet of all(network, count).map(rangeOf)) {
      expect(subnet.start).toBeGreaterThanOrEqual(start);
      expect(subnet.start + subnet.size).toBeLessThanOrEqual(start + size);
      expect(subnet.start % subnet.size).toBe(0);
    }
  }));

test("nodes and pods stand in the first three quarters of the range, all else in the last: guard-rails rely on it", () =>
  check((network, count) => {
    const { start, size } = rangeOf(network);
    const ranges = subnetsOf(network, count);
    const last = start + (size / 4) * 3;
    expect(ranges.private.map(rangeOf).every((subnet) => subnet.start + subnet.size <= last)).toBe(true);
    expect([...ranges.public, ...ranges.intra].map(rangeOf).every((subnet) => subnet.start >= last)).toBe(true);
  }));

test("no two subnets overlap", () =>
  check((network, count) => {
    const subnets = all(network, count)
      .map(rangeOf)
      .toSorted((a, b) => a.start - b.start);
    for (const [index, subnet] of subnets.slice(1).entries()) {
      const before = subnets[index] as Range;
      expect(before.start + before.size).toBeLessThanOrEqual(subnet.start);
    }
  }));

test("a zone added at the end moves no subnet", () =>
  fc.assert(
    fc.property(networks, fc.integer({ min: 1, max: 5 }), (network, count) => {
      const fewer = subnetsOf(network, count);
      const more = subnetsOf(network, count + 1);
      for (const tier of ["public", "private", "intra"] as const) {
        expect(more[tier].slice(0, count)).toEqual(fewer[tier]);
      }
    }),
  ));

test("private subnets are eight times the others, and every subnet fits a load balancer", () =>
  check((network, count) => {
    const { public: open, private: closed, intra } = subnetsOf(network, count);
    const [publicSize, privateSize, intraSize] = [open, closed, intra].map((tier) => rangeOf(tier[0] as string).size);
    expect(privateSize).toBe((publicSize as number) * 8);
    expect(intraSize).toBe(publicSize);
    expect(publicSize).toBeGreaterThanOrEqual(32);
  }));

test("the smallest range that fits is a /21", () => {
  expect(subnetsOf("10.0.0.0/21", 6).public[0]).toBe("10.0.6.0/27");
});

test.each(["10.0.0.0/22", "10.0.0.0/28", "10.0.0.0/32"])("fails with PVD1012 for the range %s", (cidr) => {
  expect(() => subnetsOf(cidr, 3)).toThrow(/PVD1012 network\.cidr: got .*, want at least a \/21 \(2048 addresses\)/);
});

test.each(["10.0.0.0/15", "0.0.0.0/0", "10.0.0.1/16", "10.0.0.0", "10.0.0.256/16", "10.0.0.0/33", "fd00::/16", ""])(
  "fails with PVD1002 for the range %j",
  (cidr) => {
    expect(() => subnetsOf(cidr, 3)).toThrow(/PVD1002 network\.cidr/);
  },
);

test("fails with PVD1002 for a range that does not start at its first address, and says which does", () => {
  expect(() => subnetsOf("10.0.7.9/16", 3)).toThrow(/write 10\.0\.0\.0\/16/);
});

test.each([0, 7, 1.5])("fails with PVD1002 for %d zones", (count) => {
  expect(() => subnetsOf("10.0.0.0/16", count)).toThrow(/PVD1002 network\.zones/);
});
