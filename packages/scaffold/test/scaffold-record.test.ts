import { parseRecord, pastScaffold, recordedAnswers, scaffoldNamed, SCAFFOLDS, softwareTemplateFile } from "../src";
import { CASES, rendered } from "./generated";

const values = { name: "returns", owner: "commerce", organisation: "example", goldenPath: "node-api", version: 1 };
const record = (more: object = {}) => parseRecord(JSON.stringify({ ...values, ...more }), "../returns");
const answers = (more: object = {}) => recordedAnswers(record(more), scaffoldNamed("node-api"), "../returns");

test.each(CASES)("what $name records of $answers answers is read as those answers", async ({ name, given }) => {
  const text = (await rendered(name, given)).repository.get(".paved.json")!;
  const scaffold = scaffoldNamed(name);
  const read = parseRecord(text, "../returns");
  expect(read).toMatchObject({ goldenPath: name, version: scaffold.version });
  expect(recordedAnswers(read, scaffold, "../returns")).toMatchObject(given);
});

test("what was not asked then is as usual, and what is not asked now is left out", () => {
  expect(answers({ colour: "red" })).toEqual({
    name: "returns",
    owner: "commerce",
    organisation: "example",
    tier: 3,
    onCall: "commerce-primary",
    description: "returns of commerce",
    size: "small",
    database: "none",
    cache: "none",
  });
});

test("an empty line, as a form hands it over, is no answer to what is optional", () => {
  expect(answers({ exposeAt: "" })).not.toHaveProperty("exposeAt");
});

test("fails with PVD4005 for answers that are missing or wrong, and says where they are written", () => {
  expect(() => answers({ owner: undefined, tier: 4 })).toThrow(
    /^PVD4005 \.\.\/returns\/\.paved\.json: owner: .*\nPVD4005 \.\.\/returns\/\.paved\.json: tier: .*write "tier" into \.paved\.json/,
  );
});

test.each([
  ["{", /PVD4101 \.\.\/returns\/\.paved\.json: got text that is not JSON/],
  ["[]", /PVD4101 .*got a list/],
  ["null", /PVD4101 .*got null/],
  ["{}", /PVD4101 .*got no goldenPath.*\nPVD4101 .*got the version nothing/],
  ['{ "goldenPath": "a", "version": 0, "tags": [] }', /PVD4101 .*"tags": a list.*\nPVD4101 .*got the version 0/],
])("fails with PVD4101 for %s, all that is wrong at once", (text, message) => {
  expect(() => parseRecord(text, "../returns")).toThrow(message);
});

test.each(SCAFFOLDS)(
  "the Software Template of $name says which version of it this is, and what it is made of",
  (scaffold) => {
    const text = softwareTemplateFile(scaffold, { repository: "example/platform" });
    expect(pastScaffold(text)).toEqual({ version: scaffold.version, layers: scaffold.layers });
  },
);

test.each(["", "a: [", "spec: {}", "spec: { steps: [{ action: fetch:plain }] }"])(
  "%p is no Software Template",
  (text) => {
    expect(pastScaffold(text)).toBeUndefined();
  },
);
