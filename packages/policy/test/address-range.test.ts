import * as fc from "fast-check";
import { covers, isPrivate, liesIn, liesInLastQuarter, rangeOf } from "../src/rule/address-range";

const v4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }));
const v6 = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).filter(([address]) => !address.includes("."));
const anyRange = fc.oneof(v4, v6).map(([address, length]) => `${address}/${length}`);

test.each([
  ["10.10.0.0/16", 4, 0x0a0a0000n, 0x0a0affffn],
  ["10.10.1.2/16", 4, 0x0a0a0000n, 0x0a0affffn],
  ["0.0.0.0/0", 4, 0n, 2n ** 32n - 1n],
  ["169.254.169.254/32", 4, 0xa9fea9fen, 0xa9fea9fen],
  ["::/0", 6, 0n, 2n ** 128n - 1n],
  ["::1/128", 6, 1n, 1n],
  ["fd00:ec2::254/128", 6, 0xfd000ec2000000000000000000000254n, 0xfd000ec2000000000000000000000254n],
  ["1:2:3:4:5:6:7:8/128", 6, 0x00010002000300040005000600070008n, 0x00010002000300040005000600070008n],
])("%s goes from its first to its last address", (text, family, first, last) => {
  expect(rangeOf(text)).toEqual({ family, first, last });
});

test.each([
  "0.0.0.0/0 ",
  " 0.0.0.0/0",
  "0.0.0.0",
  "0/0",
  "0.0.0.0/00",
  "0.0.0.0/-1",
  "0.0.0.0/33",
  "010.0.0.0/8",
  "0x0.0.0.0/0",
  "::/129",
  "::ffff:10.0.0.1/128",
  "fe80::1%eth0/64",
  "1.2.3.4/8/8",
  "${aws_vpc.main.cidr_block}",
  "pl-6da54004",
  "",
  undefined,
  0,
  [],
])("%p is no range", (text) => {
  expect(rangeOf(text)).toBeUndefined();
});

test("every range holds itself, its own halves and nothing of twice its size", () => {
  fc.assert(
    fc.property(v4, ([address, length]) => {
      const range = `${address}/${length}`;
      expect(covers(range, range)).toBe(true);
      if (length < 32) expect(covers(range, `${address}/${length + 1}`)).toBe(true);
      if (length > 0) expect(covers(range, `${address}/${length - 1}`)).toBe(false);
    }),
  );
});

test("a range holds exactly the addresses whose first bits are its own", () => {
  const bits = (address: string): string =>
    address
      .split(".")
      .map((octet) => Number(octet).toString(2).padStart(8, "0"))
      .join("");
  fc.assert(
    fc.property(v4, fc.ipV4(), ([address, length], other) => {
      const same = bits(address).slice(0, length) === bits(other).slice(0, length);
      expect(covers(`${address}/${length}`, `${other}/32`)).toBe(same);
    }),
  );
});

test("of two ranges the one holds the other, or they have no address in common", () => {
  fc.assert(
    fc.property(anyRange, anyRange, (one, other) => {
      const [a, b] = [rangeOf(one)!, rangeOf(other)!];
      const apart = a.family !== b.family || a.last < b.first || b.last < a.first;
      expect(covers(one, other) || covers(other, one)).toBe(!apart);
    }),
  );
});

test("a range lies in the last quarter of another when none of its addresses comes before three quarters of it", () => {
  fc.assert(
    fc.property(v4, anyRange, ([address, length], other) => {
      const [all, part] = [rangeOf(`${address}/${Math.min(length, 30)}`)!, rangeOf(other)!];
      const start = all.first + ((all.last + 1n - all.first) / 4n) * 3n;
      const expected = part.family === 4 && start <= part.first && part.last <= all.last;
      expect(liesInLastQuarter(other, `${address}/${Math.min(length, 30)}`)).toBe(expected);
    }),
  );
  expect(liesInLastQuarter("10.10.192.0/22", "10.10.0.0/16")).toBe(true);
  expect(
    ["10.10.128.0/18", "10.10.160.0/19", "10.10.128.0/17"].filter((it) => liesInLastQuarter(it, "10.10.0.0/16")),
  ).toEqual([]);
});

test("IPv6 is read the same in its short and in its long form", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }), (groups) => {
      const written = groups.map((group) => group.toString(16));
      const long = groups.map((group) => group.toString(16).padStart(4, "0")).join(":");
      const short = written.join(":").replace(/(^|:)0(:0)+(:|$)/, "::");
      expect(rangeOf(`${short}/128`)).toEqual(rangeOf(`${long}/128`));
    }),
  );
});

test("halves of everything are no private ranges, and no text at all is one by chance", () => {
  expect(["0.0.0.0/1", "128.0.0.0/1", "::/1", "9.0.0.0/7", "172.0.0.0/8"].filter(isPrivate)).toEqual([]);
  expect(["10.30.0.0/16", "172.31.0.0/16", "192.168.1.0/24", "100.64.0.0/10"].every(isPrivate)).toBe(true);
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(liesIn(anything, ["0.0.0.0/0"])).toBe(rangeOf(anything)?.family === 4);
    }),
  );
});
