import fc from "fast-check";
import { parse } from "yaml";
import { yamlText } from "../src/output/yaml-text";

const AMBIGUOUS = [
  "on",
  "off",
  "yes",
  "No",
  "y",
  "N",
  "~",
  "null",
  "1_000",
  "0b1",
  "0o17",
  "017",
  "1e3",
  "1:30",
  "2026-01-01",
  "=",
  "<<",
  ".inf",
];

test.each(AMBIGUOUS)("%s is a text to readers of either version", (text) => {
  const document = { env: [{ name: text, value: text }] };
  expect(parse(yamlText(document))).toEqual(document);
  expect(parse(yamlText(document), { version: "1.1" })).toEqual(document);
});

test("whatever is written reads the same in either version", () => {
  const value = fc.jsonValue({ depthSize: "small" }).filter((each) => !JSON.stringify(each).includes("__proto__"));
  fc.assert(
    fc.property(value, (document) => {
      const text = yamlText(document);
      const said = JSON.stringify(document);
      expect(JSON.stringify(parse(text))).toBe(said);
      expect(JSON.stringify(parse(text, { version: "1.1" }))).toBe(said);
    }),
  );
});
