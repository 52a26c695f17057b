import { Ajv } from "ajv";
import { type SchemaNode, toJsonSchema } from "../src/schemas/structural";

const accepts = (spec: SchemaNode, value: unknown): boolean => {
  const root = { type: "object", properties: { spec } };
  const validate = new Ajv({ strict: false }).compile(toJsonSchema(root));
  return validate({ apiVersion: "a/v1", kind: "K", metadata: { name: "n" }, spec: value });
};

test("a field that the API server would drop is refused, at every depth", () => {
  const node = { type: "object", properties: { list: { type: "array", items: { type: "object", properties: {} } } } };
  expect(accepts(node, { list: [{}] })).toBe(true);
  expect(accepts(node, { lits: [] })).toBe(false);
  expect(accepts(node, { list: [{ extra: 1 }] })).toBe(false);
});

test("a field that is preserved is accepted", () => {
  expect(accepts({ type: "object", "x-kubernetes-preserve-unknown-fields": true }, { any: 1 })).toBe(true);
  expect(accepts({ type: "object", additionalProperties: { type: "string" } }, { any: "x" })).toBe(true);
  expect(accepts({ type: "object", additionalProperties: { type: "string" } }, { any: 1 })).toBe(false);
});

test("a number or text, and nothing where nothing is allowed", () => {
  const port = { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] };
  expect([80, "http", true].map((value) => accepts(port, value))).toEqual([true, true, false]);
  const nullable = { type: "string", nullable: true, enum: ["a"] };
  expect(["a", null, "b"].map((value) => accepts(nullable, value))).toEqual([true, true, false]);
});

test("a limit that is exclusive in OpenAPI stays so", () => {
  const node = { type: "integer", minimum: 1, exclusiveMinimum: true };
  expect([1, 2].map((value) => accepts(node, value))).toEqual([false, true]);
});
