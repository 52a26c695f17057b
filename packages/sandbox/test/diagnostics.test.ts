import { formatFinding, PavedError } from "@paved/model";
import { diagnosticOf, Refusal } from "../src/protocol/diagnostics";

const failure = (code: string) => Object.assign(new Error(`${code}: it failed, write`), { code });

test("a refusal says what the service says, and on which attribute", () => {
  expect(diagnosticOf(new Refusal("taken", "Choose another.", ["tags", 0]))).toEqual({
    severity: 1,
    summary: "taken",
    detail: "Choose another.",
    attribute: { steps: [{ attribute_name: "tags" }, { element_key_int: 0 }] },
  });
});

test("a finding is said in its own words", () => {
  const finding = { code: "PVD9004", where: "dev", got: "none", want: "one that runs", fix: "start it" } as const;
  expect(diagnosticOf(new PavedError(finding))).toEqual({ severity: 1, summary: formatFinding(finding), detail: "" });
});

test.each([
  ["ENOSPC", /^Free space/],
  ["EDQUOT", /quota/],
  ["EROFS", /can be written/],
])("%s is the machine's lack, with what to do", (code, detail) => {
  const { summary, detail: said } = diagnosticOf(failure(code));
  expect(summary).toBe(`The sandbox cannot write what was made: ${code}: it failed, write`);
  expect(said).toMatch(detail);
});

test.each([failure("EBADF"), "text", null])("%p is a fault of the sandbox", (error) => {
  expect(diagnosticOf(error)).toMatchObject({ severity: 1, summary: "The sandbox failed" });
});
