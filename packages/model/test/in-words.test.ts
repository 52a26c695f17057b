import { z } from "zod";
import { inWords } from "../src";

const schema = z.strictObject({
  list: z.array(z.string()).min(1).max(2),
  whole: z.int().min(2).max(4),
  share: z.number().max(1),
  flag: z.boolean(),
  one: z.enum(["a", "b"]),
  named: z.record(z.string(), z.string().min(2).max(3)),
});
const right = { list: ["a"], whole: 3, share: 1, flag: true, one: "a", named: {} };

test.each([
  ["list", null, "a list"],
  ["list", [], "at least 1 entries"],
  ["list", ["a", "b", "c"], "at most 2 entries"],
  ["list", [1], "text"],
  ["whole", "3", "a number"],
  ["whole", 1.5, "a whole number"],
  ["whole", 1, "at least 2"],
  ["whole", 5, "at most 4"],
  ["share", 2, "at most 1"],
  ["flag", 0, "true or false"],
  ["one", "c", "one of a, b"],
  ["named", 5, "an object with fields"],
  ["named", { a: "x" }, "at least 2 characters"],
])("what %s should have been instead of %j is said in words: %s", (field, value, words) => {
  const issues = schema.safeParse({ ...right, [field]: value }, { error: inWords }).error?.issues;
  expect(issues?.map(({ message }) => message)).toEqual([words]);
});

test("what is missing is said in words", () => {
  const { error } = z.object({ any: z.unknown() }).safeParse({}, { error: inWords });
  expect(error?.issues[0]?.message).toBe("a value");
});

test("a schema's own words go first", () => {
  const named = z.strictObject({ size: z.string("a size") });
  expect(named.safeParse({}, { error: inWords }).error?.issues[0]?.message).toBe("a size");
});
