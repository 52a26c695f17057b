import fc from "fast-check";
import {
  type Answers,
  ASKED,
  faultOf,
  flagOf,
  type Given,
  parseAnswers,
  type QuestionName,
  scaffoldNamed,
  SCAFFOLDS,
} from "../src";
import { SAMPLES } from "./generated";

const names = Object.keys(ASKED) as QuestionName[];
const least = { name: "returns", owner: "commerce", organisation: "example" };
const parse = (given: Given, scaffold = "node-api") => parseAnswers(scaffoldNamed(scaffold), given);

test("what is not said is as usual, also when it comes from other answers", () => {
  expect(parse(least)).toEqual({
    ...least,
    tier: 3,
    onCall: "commerce-primary",
    description: "returns of commerce",
    size: "small",
    database: "none",
    cache: "none",
  } satisfies Answers);
});

test("numbers come from a command line as text", () => {
  expect(parse({ ...least, tier: "1" }).tier).toBe(1);
  expect(parse({ ...least, attempts: "7" }, "python-worker").attempts).toBe(7);
});

test("fails with PVD4005 for all that is wrong at once, each with its flag and an example that is right", () => {
  expect(() => parse({ name: "Returns", tier: "high", exposeAt: "returns" })).toThrow(
    /^PVD4005 --name: .*--name orders\nPVD4005 --owner: got nothing.*\nPVD4005 --organisation: .*\nPVD4005 --tier: .*\nPVD4005 --expose-at: .*--expose-at \/orders$/,
  );
});

test("fails with PVD4005 for a name that the platform or Kubernetes has for itself", () => {
  for (const name of ["monitoring", "kube-dns", "default"]) {
    expect(() => parse({ ...least, name })).toThrow(/PVD4005 --name: .* neither Kubernetes nor the platform/);
  }
});

test("fails with PVD4005 for an answer to what the scaffold does not ask, instead of forgetting it", () => {
  expect(() => parse({ ...least, attempts: 3 })).toThrow(/PVD4005 --attempts: .*leave it out/);
});

test("fails with PVD4005 for stores of a size that there is not, and for any on a golden path that has none", () => {
  const stores = { database: "huge", cache: "0" };
  expect(() => parse({ ...least, ...stores })).toThrow(
    /^PVD4005 --database: got "huge", want none, small, .*--database small\nPVD4005 --cache: got "0", want none, [^\n]*$/,
  );
  expect(() => parse({ ...least, ...stores }, "react-frontend")).toThrow(
    /^PVD4005 --database: .*; leave it out\nPVD4005 --cache: .*; leave it out$/,
  );
});

test("fails with PVD4005 for a golden path without a scaffold, and says which was meant", () => {
  expect(() => scaffoldNamed("node-ap")).toThrow(/PVD4005 --golden-path: .*did you mean node-api\?/);
  expect(() => scaffoldNamed(undefined)).toThrow(
    /PVD4005 --golden-path: got nothing.*say one of grpc-service, node-api/,
  );
});

test.each(names)("the example of %s is right", (name) => {
  const { example, schema } = ASKED[name];
  expect(faultOf(name, schema.type === "integer" ? Number(example) : example)).toBeUndefined();
});

test.each(names)("%s is asked by a scaffold, and has a flag of its own", (name) => {
  expect(SCAFFOLDS.filter(({ asks }) => asks.includes(name))).not.toEqual([]);
  expect(names.filter((other) => flagOf(other) === flagOf(name))).toEqual([name]);
});

test("a question that is no scaffold's is not answered by chance: whatever is given, the answers are to what was asked", () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.constant(undefined));
  fc.assert(
    fc.property(fc.constantFrom(...SCAFFOLDS), fc.dictionary(fc.constantFrom(...names), value), (scaffold, given) => {
      const all = { ...SAMPLES[scaffold.name]![0], ...given };
      let answers: Answers;
      try {
        answers = parseAnswers(scaffold, all);
      } catch (error) {
        expect(String(error)).toMatch(/PVD4005/);
        return;
      }
      expect(Object.keys(answers).filter((name) => !scaffold.asks.includes(name as QuestionName))).toEqual([]);
    }),
  );
});
