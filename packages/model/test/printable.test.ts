import fc from "fast-check";
import { isPrintable, printable } from "../src";

test.each([
  ["::add-mask::x", "\\u003a:add-mask::x"],
  ["a\n::error::x\n\t ::warning::y", "a\n\\u003a:error::x\n\t \\u003a:warning::y"],
  ["a\r::error::x", "a\\u000d::error::x"],
  ["\u00a0\u3000::error::x", "\u00a0\u3000\\u003a:error::x"],
  ["\u200b::error::x", "\\u200b::error::x"],
  ["\ufe0f::error::x", "\ufe0f\\u003a:error::x"],
  ["got ##[set-output name=a]b", "got ##\\u005bset-output name=a]b"],
  ["#\ufe0f#[error]", "#\ufe0f#\\u005berror]"],
  ["\u001b[2J\u0007\u009b\u007f", "\\u001b[2J\\u0007\\u009b\\u007f"],
  ["\u2028\u2029\u0085\u202e", "\\u2028\\u2029\\u0085\\u202e"],
  ["\u{e0041}", "\\udb40\\udc41"],
])("what is a command to a terminal or a runner is printed as text: %j", (text, expected) => {
  expect(printable(text)).toBe(expected);
  expect(isPrintable(text)).toBe(false);
});

test.each(["a::b", "arn:aws:s3:::b", "# [a]", "é 😀 — ✔", "## a", 'provider::aws::f("x")'])(
  "what is neither is printed as it is: %j",
  (text) => {
    expect(printable(text)).toBe(text);
    expect(isPrintable(text)).toBe(true);
  },
);

test("lines and tabs are printed, and are not one line", () => {
  expect(printable("a\n\tb")).toBe("a\n\tb");
  expect(["a\nb", "a\tb"].map(isPrintable)).toEqual([false, false]);
});

test("colours are kept where there are some, and nothing else of that kind", () => {
  expect(printable("\u001b[31mred\u001b[39m\u001b[2J", true)).toBe("\u001b[31mred\u001b[39m\\u001b[2J");
  expect(printable("\u001b[31mred")).toBe("\\u001b[31mred");
});

const unit = fc.oneof(
  fc.constantFrom("::", "##[", "#", "\n", "\r", " ", "\u200b", "error", "]", "\u001b[31m", "\ufe0f"),
  fc.string(),
);
const text = fc.array(unit).map((parts) => parts.join(""));

test("no text at all begins a command where it is printed", () => {
  fc.assert(
    fc.property(text, fc.boolean(), (any, coloured) => {
      for (const line of printable(any, coloured).split(/\r\n|[\n\r\u0085\u2028\u2029]/)) {
        expect(line.replaceAll(/[\p{M}\p{Z}\p{C}]/gu, "").startsWith("::")).toBe(false);
        expect(line).not.toContain("##[");
      }
    }),
  );
});

test("a JSON document means what it meant", () => {
  fc.assert(
    fc.property(fc.dictionary(text, text), (value) => {
      const document = JSON.stringify(value, null, 2);
      expect(JSON.parse(printable(document))).toEqual(JSON.parse(document));
    }),
  );
});
