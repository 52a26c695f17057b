import { encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import type { ValueType } from "../src/schema/model";
import { conformValue, decodeValue, encodeValue, parseValue } from "../src/values/codec";
import { canonical, sameValue } from "../src/values/equality";
import { pathIn, typeAt } from "../src/values/schema-path";
import { at, Dynamic, hasUnknown, Unknown, type Value } from "../src/values/value";

interface Typed {
  readonly type: ValueType;
  readonly value: Value;
}

const field = fc.stringMatching(/^[a-z]{1,4}$/);

/** Types with values that fit them: null and unknown may be anywhere. */
const { typed } = fc.letrec<{ typed: Typed; known: Typed }>((tie) => ({
  typed: fc.oneof(
    { depthSize: "small" },
    tie("known"),
    tie("known").map(({ type }) => ({ type, value: null })),
    tie("known").map(({ type }) => ({ type, value: new Unknown() })),
  ),
  known: fc.oneof(
    { depthSize: "small" },
    fc.string().map((value): Typed => ({ type: "string", value })),
    fc
      .oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
      .map((value): Typed => ({ type: "number", value: value + 0 })),
    fc.boolean().map((value): Typed => ({ type: "bool", value })),
    fc
      .tuple(tie("typed"), fc.constantFrom("list" as const, "set" as const), fc.nat(3))
      .map(([{ type, value }, kind, count]): Typed => ({
        type: [kind, type],
        value: Array.from({ length: count }, () => value),
      })),
    fc.tuple(tie("typed"), fc.uniqueArray(field)).map(([{ type, value }, keys]): Typed => ({
      type: ["map", type],
      value: Object.fromEntries(keys.map((key) => [key, value])),
    })),
    fc.dictionary(field, tie("typed"), { maxKeys: 4, noNullPrototype: true }).map((fields): Typed => ({
      type: ["object", Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type]))],
      value: Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value])),
    })),
  ),
}));

describe("values on the wire", () => {
  test("every value comes back as it was sent", () => {
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        expect(decodeValue(type, encodeValue(type, value))).toEqual(value);
      }),
    );
  });

  test("known values come back from state JSON as they were written", () => {
    fc.assert(
      fc.property(
        typed.filter(({ value }) => !hasUnknown(value)),
        ({ type, value }) => {
          expect(parseValue(type, JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });

  test("an unknown value keeps its refinement, byte for byte", () => {
    const refined = encode(new ExtData(12, Uint8Array.of(0x81, 0x01, 0xc2)));
    const value = decodeValue("string", { msgpack: refined });
    expect(value).toBeInstanceOf(Unknown);
    expect(encodeValue("string", value).msgpack).toEqual(refined);
  });

  test("plain unknown is written as OpenTofu writes it", () => {
    expect([...encodeValue("string", new Unknown()).msgpack!]).toEqual([0xd4, 0x00, 0x00]);
  });

  test("integers beyond double precision stay exact", () => {
    const exact = encode(9_007_199_254_740_993n, { useBigInt64: true });
    const value = decodeValue("number", { msgpack: exact });
    expect(value).toBe("9007199254740993");
    expect(decodeValue("number", encodeValue("number", value))).toBe(value);
  });

  test("dynamic values keep their type, on the wire and in JSON", () => {
    const value = new Dynamic('["list","string"]', ["a"]);
    expect(decodeValue("dynamic", encodeValue("dynamic", value))).toEqual(value);
    expect(parseValue("dynamic", JSON.stringify(value))).toEqual(value);
  });

  test("state of another version is conformed: unknown fields are dropped, missing ones are null", () => {
    const type: ValueType = ["object", { kept: "string", added: ["list", "string"] }];
    expect(conformValue(type, { kept: "a", dropped: 1 })).toEqual({ kept: "a", added: null });
  });

  test("nothing on the wire is null", () => {
    expect(decodeValue("string", undefined)).toBeNull();
    expect(decodeValue("string", { msgpack: new Uint8Array(0) })).toBeNull();
  });
});

describe("equality", () => {
  test("is reflexive for known values", () => {
    const known = typed.filter(({ value }) => !hasUnknown(value));
    fc.assert(
      fc.property(known, ({ type, value }) => expect(sameValue(type, value, structuredClone(value))).toBe(true)),
    );
  });

  test("sets have no order, lists have", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2 }), (items) => {
        const turned = items.toReversed();
        expect(sameValue(["set", "string"], items, turned)).toBe(true);
        expect(sameValue(["list", "string"], items, turned)).toBe(false);
      }),
    );
  });

  test("repeated elements count", () => {
    expect(sameValue(["set", "string"], ["a", "a", "b"], ["a", "b", "b"])).toBe(false);
  });

  test("unknown is the same as nothing, not even itself", () => {
    expect(sameValue("string", new Unknown(), new Unknown())).toBe(false);
    expect(sameValue(["list", "string"], [new Unknown()], [new Unknown()])).toBe(false);
  });

  test("null is not the empty string or list", () => {
    expect(sameValue("string", null, "")).toBe(false);
    expect(sameValue(["list", "string"], null, [])).toBe(false);
  });

  test("canonical text does not depend on the order of keys", () => {
    expect(canonical({ b: 1, a: [null, new Unknown()] })).toBe(canonical({ a: [null, new Unknown()], b: 1 }));
  });
});

describe("paths", () => {
  const block = {
    attributes: [{ name: "name", type: "string" as const, required: true, optional: false, computed: false }],
    blocks: [
      {
        name: "metadata",
        nesting: "list" as const,
        min: 1,
        max: 1,
        block: {
          attributes: [{ name: "uid", type: "string" as const, required: false, optional: false, computed: true }],
          blocks: [],
        },
      },
    ],
  };

  test("step into blocks that occur once", () => {
    expect(typeAt(block, "metadata.uid")).toBe("string");
    expect(typeAt(block, "metadata.constructor")).toBeUndefined();
    expect(pathIn({ metadata: [{ uid: "u" }] }, "metadata.uid")).toEqual(["metadata", 0, "uid"]);
    expect(at({ metadata: [{ uid: "u" }] }, "metadata", "uid")).toBe("u");
    expect(at({ metadata: [] }, "metadata", "uid")).toBeUndefined();
  });
});
