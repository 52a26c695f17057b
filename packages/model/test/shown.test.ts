import fc from "fast-check";
import { kindOf, shown } from "../src";

const circle: Record<string, unknown> = {};
circle["self"] = circle;
const deep = Array.from({ length: 100_000 }).reduce<object>((inner) => ({ inner }), {});

test.each([
  [undefined, "nothing"],
  ["text", '"text"'],
  [42, "42"],
  [7n, "7n"],
  [null, "null"],
  [() => 1, "a function"],
  [circle, "an object"],
  [deep, "an object"],
  [[1n], "a list"],
  ["${TfToken[TOKEN.1]}", "a value only known after apply"],
])("an error shows it in words", (value, text) => {
  expect(shown(value)).toBe(text);
});

test("is cut short, and says how long it was", () => {
  expect(shown("x".repeat(1000))).toMatch(/^"x{119}… \(1002 characters\)$/);
});

test("never throws, and is never long", () => {
  const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true, withSparseArray: true });
  fc.assert(
    fc.property(anything, (value) => {
      expect(shown(value).length).toBeLessThan(200);
      expect(kindOf(value).length).toBeLessThan(20);
    }),
  );
});
