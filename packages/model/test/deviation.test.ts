import { type DeviationTerms, parseDeviationTerms, PavedError } from "../src";

const terms: DeviationTerms = {
  rule: "startup-time",
  reason: "The model takes two minutes to load.",
  owner: "growth",
  ticket: "https://tickets.example.com/1",
  expires: "2028-02-29",
  approvedBy: "platform",
};

const refusals = (change: object) => {
  try {
    parseDeviationTerms({ ...terms, ...change }, "stacks/services/orders.ts");
    return [];
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    return error.findings.map(({ code, where }) => `${code} ${where}`);
  }
};

test("terms that say everything are taken as they are", () => {
  expect(parseDeviationTerms(terms, "x")).toEqual(terms);
});

test.each([
  ["rule", ""],
  ["rule", "two words"],
  ["reason", "because"],
  ["reason", " ".repeat(40)],
  ["owner", "Growth"],
  ["ticket", "growth-412"],
  ["ticket", "http://tickets.example.com/1"],
  ["expires", "next year"],
  ["expires", "2027-02-29"],
  ["expires", undefined],
  ["approvedBy", ""],
  ["approvedBy", "growth"],
])("fails with PVD1031 when %s is %j", (field, value) => {
  expect(refusals({ [field]: value })).toEqual([`PVD1031 stacks/services/orders.ts deviate ${field}`]);
});

test("fails with PVD1031 for all that is wrong at once, and for fields that nobody reads", () => {
  expect(refusals({ rule: "", expires: "x" })).toHaveLength(2);
  expect(refusals({ until: "2027-01-01" })).toHaveLength(1);
});
