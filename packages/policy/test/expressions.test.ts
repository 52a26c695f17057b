import fc from "fast-check";
import { expressionsIn } from "../src";
import { withTemplates } from "../src/expressions";

const references = (text: string) => expressionsIn(text).flatMap((expression) => expression.references);
const calls = (text: string) => expressionsIn(text).flatMap((expression) => expression.calls);
const unread = (text: string) => expressionsIn(text).flatMap((expression) => expression.unread ?? []);

test("a reference is named by its address", () => {
  expect(references("${aws_vpc.vpc.id}-${data.aws_ssm_parameter.network-v1.value}")).toEqual([
    "aws_vpc.vpc",
    "data.aws_ssm_parameter.network-v1",
  ]);
});

test("an escaped template is text", () => {
  expect(expressionsIn('$${file("/etc/passwd")} and %%{if x}')).toEqual([]);
});

test.each([
  ["$${file(1)}", []],
  ["$$${file(1)}", []],
  ["$$$${file(1)}", []],
  ["$$$${x}${file(1)}", ["file"]],
  ["%%${file(1)}", ["file"]],
  ['${"$${"}${file(1)}', ["file"]],
  ['${"$"}${file(1)}', ["file"]],
  ['${"\\"${file(1)}"}', ["file"]],
])("signs are read as OpenTofu reads them: %s", (text, expected) => expect(calls(text)).toEqual(expected));

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

test.each(['${file ("x")}', '${file  ("x")}', '${join(",", [file ("x")])}', '${core::file("x")}', '${x[0].file("x")}'])(
  "a call is one however it is written: %s",
  (text) => expect(calls(text).some((call) => call.includes("file"))).toBe(true),
);

test.each([
  ['${ file /*c*/ ("/x")}', "a comment or a division"],
  ['${ 1 /* } */ == 1 ? file("/x") : "" }', "a comment or a division"],
  ['${ 1 # }\n == 1 ? file("/x") : "" }', "a comment"],
  ['${file //}\n("/x")}', "a comment or a division"],
  ['${file\n("/x")}', "an end of line"],
  ['${file\r\n("/x")}', "an end of line"],
  ['${file\t("/x")}', "a character that no expression needs"],
  ['${<<E\n${file("/x")}\nE\n}', "a heredoc"],
  ['%{ if true }${file("/x")}%{ endif }', "a directive"],
  ["${~ x_y.z ~}", "a strip marker"],
  ['${core :: file ("/x")}', "a name of several parts"],
  ['${provider::x ::join("/x")}', "a name of several parts"],
  ["${é}", "a character that no expression needs"],
  ["${x_y.é}", "a character that no expression needs"],
  ["${x_y.z", "no end"],
  ['${"x}', "a string without an end"],
  ['${"a\n"}', "an end of line"],
  ['${"\\${"}', "an escape that there is not"],
  [`${'${"'.repeat(9)}x${'"}'.repeat(9)}`, "strings in strings, too deep"],
])("what OpenTofu may read otherwise is said to be unread: %j", (text, expected) => {
  expect(unread(text)).toContain(expected);
  expect(expressionsIn(text)[0]).toMatchObject(unread(text)[0] === undefined ? {} : { references: [] });
});

test.each([
  "${aws_vpc.main.id}",
  '${lookup(jsondecode(data.aws_ssm_parameter.a-b.insecure_value), "subnets", [])}',
  '${jsonencode({"arn" = aws_x.y.arn, "n" = [1, -2.5, true]})}',
  "${tolist(aws_x.y.options).0.name}",
  "${aws_x.y[*].id}",
  '${aws_x.y.a == "b" ? [for each in aws_x.y.list : each] : null}',
  '${join(", ", ["${aws_x.y.id}:\\"é\\n\\u00e9"])}',
])("what synth writes is read: %s", (text) => expect(unread(text)).toEqual([]));

test("what tells of the machine is a reference that no stack has", () => {
  expect(references("${path.cwd}${terraform.workspace}")).toEqual(["path.cwd", "terraform.workspace"]);
});

test("what stands around templates can be read without them", () => {
  expect(withTemplates('a $${b} ${c("}", { d = "${e}" })} f', () => "_")).toBe("a $${b} _ f");
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

const forbidden = fc.constantFrom(
  ...'file("/x")|file ("/x")|file\t("/x")|file\n("/x")|file/**/("/x")|file #\n("/x")|core::file("/x")|uuid()'.split(
    "|",
  ),
  ...'provider::a::b(1)|provider :: a :: join(1)|templatefile("/x", {})|\u{e9}file("/x")|file\r\n("/x")'.split("|"),
);
const wrapped: readonly ((inner: string) => string)[] = [
  (inner) => `[${inner}]`,
  (inner) => `{"a" = ${inner}}`,
  (inner) => `{(${inner}) = 1}`,
  (inner) => `join(",", [${inner}])`,
  (inner) => `join (${inner}...)`,
  (inner) => `aws_x.y[${inner}].z`,
  (inner) => `"a\\"\${${inner}}"`,
  (inner) => `"$ \${${inner}}"`,
  (inner) => `"$$\${b} \${${inner}}"`,
  (inner) => `1 == 1 ? ${inner} : "}"`,
  (inner) => `1 /* } */ == 2 ? "" : ${inner}`,
  (inner) => `1 # "\n == 2 ? "" : ${inner}`,
  (inner) => `<<E\n\${${inner}}\nE\n`,
  (inner) => `[for a in ${inner} : a]`,
  (inner) => `~ ${inner} ~`,
];
const expression = fc
  .tuple(forbidden, fc.array(fc.constantFrom(...wrapped), { maxLength: 6 }))
  .map(([call, around]) => around.reduce((inner, wrap) => wrap(inner), call));
const around = fc.string({
  unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "$${", "%%{", "/*", "#", "a ", "${a_b.c}"),
});

test("nothing with a function that is not allowed anywhere in it is read as if it had none", () => {
  const passes = (text: string) =>
    expressionsIn(text).every(
      ({ calls: made, unread: why }) => why === undefined && made.every((call) => call === "join"),
    );
  fc.assert(
    fc.property(around, expression, around, fc.boolean(), (before, inner, after, directive) => {
      // Signs that end the text before would escape the template; a blank ends them.
      const text = `${before} ${directive ? "%{if " : "${"}${inner}}${after}`;
      expect([text, passes(text)]).toEqual([text, false]);
    }),
    { numRuns: 2000 },
  );
});
