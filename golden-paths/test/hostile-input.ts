import { PavedError } from "@paved/model";
import fc from "fast-check";

/** Text that has broken something somewhere: templates, prototypes, numbers in disguise, control characters, sheer length. */
export const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom(
    "",
    "__proto__",
    "constructor",
    "toString",
    '${file("/etc/passwd")}',
    "%{ for x in y }",
    "$(PATH)",
    "${TfToken[TOKEN.1]}",
    "#{TfToken[TOKEN.1]}",
    "a\u0000b",
    "\u202e",
    "../../etc",
    "\n---\nkind: Secret",
    "'; drop table users; --",
    "x".repeat(1_000_000),
    "(a+)+".repeat(2000),
    "0 ".repeat(50_000),
  ),
);
const number = fc.oneof(
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(-0, -1, 0, Number.NaN, Number.POSITIVE_INFINITY, -1.888154589709072e289, 2 ** 53),
);
const deep = Array.from({ length: 2000 }).reduce<object>((inner) => ({ inner }), {});
/** Whatever somebody may hand over. */
export const value = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 3, arbitrary: number },
  { weight: 3, arbitrary: fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(deep, null, true, false, [], [[]], () => 1, Symbol("s")) },
);

/** Props that are right, but for some of the fields. */
export function spoiled(right: Readonly<Record<string, unknown>>, fields: readonly string[] = Object.keys(right)) {
  return fc
    .tuple(
      fc.subarray([...fields], { maxLength: Math.min(3, fields.length) }),
      fc.array(value, { minLength: 3, maxLength: 3 }),
      fc.dictionary(text, value, { maxKeys: 1 }),
    )
    .map(([chosen, values, more]) => ({
      ...more,
      ...right,
      ...Object.fromEntries(chosen.map((field, index) => [field, values[index]])),
    }));
}

/** @returns what was thrown, unless it is an error for people: typed, and not as long as what it is about */
export function untyped(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof PavedError && error.message.length < 20_000 ? undefined : error;
  }
}
