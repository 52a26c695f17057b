import fc from "fast-check";
import { hasToken, literal } from "../src";

test("a template in a user's text stays text", () => {
  expect(literal('${file("/etc/passwd")} %{if true}')).toBe('$${file("/etc/passwd")} %%{if true}');
});

test("text without a template is left alone", () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !/[$%]\{/.test(text)),
      (text) => expect(literal(text)).toBe(text),
    ),
  );
});

test("no live template is left, whatever stands around it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("$", "%", "{", "a", "}") }), (text) => {
      // OpenTofu takes one sign away from a run of two or more before a brace; a single sign is live.
      expect(literal(text)).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
    }),
  );
});

test.each([
  ["${TfToken[TOKEN.1]}"],
  [-1.888154589709072e289],
  [["a", "#{TfToken[TOKEN.2]}"]],
  [{ a: { b: "&{TfToken[TOKEN.3]}" } }],
])("%p is only known after apply", (value) => expect(hasToken(value)).toBe(true));

test.each([["${aws}"], [-5], [["a"]], [{ a: 1 }], [null], [undefined]])("%p is known", (value) =>
  expect(hasToken(value)).toBe(false),
);
