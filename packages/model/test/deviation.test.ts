import { type DeviationTerms, parseDeviationTerms, PavedError, rulesOf } from "../src";

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

test("a deviation may leave several rules at once", () => {
  const several = { ...terms, rule: ["AWS-SQS-001", "AWS-SQS-003"] };
  expect(parseDeviationTerms(several, "x")).toEqual(several);
  expect(rulesOf(several)).toEqual(["AWS-SQS-001", "AWS-SQS-003"]);
  expect(rulesOf(terms)).toEqual(["startup-time"]);
});

test.each([
  ["rule", ""],
  ["rule", "two words"],
  ["rule", []],
  ["rule", ["AWS-SQS-001", "AWS-SQS-001"]],
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
  expect(refusals({ until: "2027-01-01" })).toEqual(["PVD1031 stacks/services/orders.ts deviate until"]);
  expect(refusals({ rule: ["AWS-SQS-001", ""] })).toEqual(["PVD1031 stacks/services/orders.ts deviate rule.1"]);
});

test.each([undefined, null, "because"])("fails with PVD1031 for %j in place of terms, in words of its own", (wrong) => {
  expect(() => parseDeviationTerms(wrong as unknown as DeviationTerms, "stacks/services/orders.ts")).toThrow(
    /^PVD1031 stacks\/services\/orders\.ts deviate: got .+, want terms: rule, reason, owner, ticket, expires and approvedBy; correct the terms$/,
  );
});

test.each(["rule", "reason", "owner", "ticket", "expires", "approvedBy"])(
  "no message on %s is that of a library",
  (field) => {
    for (const value of [undefined, null, 5, {}]) {
      expect(() => parseDeviationTerms({ ...terms, [field]: value }, "x")).toThrow(/^(?!.*Invalid input)PVD1031 /);
    }
  },
);
