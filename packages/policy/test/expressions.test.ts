import fc from "fast-check";
import { expressionsIn } from "../src";

const references = (text: string) => expressionsIn(text).flatMap((expression) => expression.references);
const calls = (text: string) => expressionsIn(text).flatMap((expression) => expression.calls);

test("a reference is named by its address", () => {
  expect(references("${aws_vpc.vpc.id}-${data.aws_ssm_parameter.network-v1.value}")).toEqual([
    "aws_vpc.vpc",
    "data.aws_ssm_parameter.network-v1",
  ]);
});

test("an escaped template is text", () => {
  expect(expressionsIn('$${file("/etc/passwd")} and %%{if x}')).toEqual([]);
});

test.each(['%${file("x")}', 'a$ %${file("x")}', '$%{if file("x")}'])(
  "a sign of the other kind before it escapes nothing: %s",
  (text) => {
    expect(calls(text)).toContain("file");
  },
);

test("a function is found wherever it stands", () => {
  expect(calls('${jsonencode({"a" = file("/etc/passwd")})}')).toEqual(["jsonencode", "file"]);
});

test("a template inside a string inside a template is live", () => {
  expect(calls('${join(",", ["${file("x")}"])}')).toEqual(["join", "file"]);
});

test("a function's name inside a string is text", () => {
  expect(calls('${join("file(", ["a"])}')).toEqual(["join"]);
});

test("a provider's own function is named in full", () => {
  expect(calls("${provider::aws::arn_parse(aws_vpc.vpc.arn)}")).toEqual(["provider::aws::arn_parse"]);
});

test("a live call is found in any text around it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", " ", "{", "}", ".", ",", "$ ") }), (around) => {
      expect(calls(`${around}\${file("x")}`)).toContain("file");
    }),
  );
});

test("any text at all is read without a crash", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("${", "}", '"', "\\", "$${", "a.b", "(", "%{") }), (text) =>
      expect(() => expressionsIn(text)).not.toThrow(),
    ),
  );
});
