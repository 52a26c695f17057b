import { readFileSync } from "node:fs";
import path from "node:path";
import { flagOf } from "@paved/scaffold";
import { environmentEntry } from "@paved/testing/src/environment-entry";
import { pageWith, writePart } from "@paved/testing/src/written-part";
import fc from "fast-check";
import { parseAnswers, type Said } from "../src/environments/answers";
import { ENVIRONMENT_QUESTIONS, OF_EPHEMERAL } from "../src/environments/questions";
import { isNetworkRange, nextFree, overlapping } from "../src/environments/ranges";

const environments = [
  { ...environmentEntry("dev"), account: "111111111111", cidr: "10.10.0.0/16" },
  { ...environmentEntry("staging"), account: "222222222222", cidr: "10.20.0.0/16" },
  {
    ...environmentEntry("production"),
    account: "333333333333",
    cidr: "10.30.0.0/16",
    domain: "example.com",
    approvals: 2,
  },
];
const today = "2026-11-28";
const least = { name: "qa", account: "444444444444", after: "dev" };
const answers = (given: Said["given"], isEphemeral = false) =>
  parseAnswers({ given, isEphemeral }, environments, today);
const wrong = (given: Said["given"], isEphemeral = false) => {
  try {
    answers(given, isEphemeral);
  } catch (error) {
    return (error as { findings: readonly { code: string; where: string }[] }).findings.map(
      ({ code, where }) => `${code} ${where}`,
    );
  }
  return [];
};

test("what is not said is what is usual: like the one before, in its region, the next range, a name below the last domain", () => {
  expect(answers(least)).toMatchObject({
    like: "dev",
    region: "eu-west-1",
    isInSameRegion: true,
    cidr: "10.31.0.0/16",
    domain: "qa.example.com",
    protected: false,
    approvals: 0,
  });
});

test("the cluster is reached from its own network, and from where people come from", () => {
  expect(answers({ ...least, cidr: "10.99.0.0/16" }).apiFrom).toEqual(["10.99.0.0/16", "10.250.0.0/20"]);
});

test("one that is like a protected environment is protected, unless it is ephemeral", () => {
  const like = { ...least, like: "production", owner: "commerce", days: "7" };
  expect(answers({ ...least, like: "production" })).toMatchObject({ protected: true, approvals: 2 });
  expect(answers(like, true)).toMatchObject({ protected: false, approvals: 0 });
});

test("days are counted from today, over the end of a month", () => {
  expect(answers({ ...least, owner: "commerce", days: "7" }, true).ephemeral).toEqual({
    owner: "commerce",
    expires: "2026-12-05",
  });
});

test("the same can be said again of an environment that is there by now", () => {
  const there = [
    ...environments.slice(0, 1),
    { ...environmentEntry("qa"), account: "444444444444" },
    ...environments.slice(1),
  ];
  expect(parseAnswers({ given: least, isEphemeral: false }, there, today)).toEqual(answers(least));
});

test("fails with PVD4005 for all that is wrong or missing, at once", () => {
  expect(
    wrong({ name: "QA", account: "12", after: "nowhere", cidr: "8.8.0.0/16", domain: "-", region: "here" }),
  ).toEqual(["--name", "--account", "--after", "--region", "--cidr", "--domain"].map((flag) => `PVD4005 ${flag}`));
  expect(wrong({}, true)).toEqual(
    ["--name", "--account", "--after", "--owner", "--days"].map((flag) => `PVD4005 ${flag}`),
  );
});

test.each([
  ["a name with a hyphen, which names of stacks end at", { name: "pr-12" }, "--name"],
  ["a name that is a word of TypeScript", { name: "class" }, "--name"],
  ["a name that is a folder", { name: "src" }, "--name"],
  ["the name of what delivers at GitHub", { name: "delivery" }, "--name"],
  ["the name of a step of the workflow", { name: "plan" }, "--name"],
  ["another environment's account", { account: "222222222222" }, "--account"],
  ["another environment's range", { cidr: "10.20.0.0/17" }, "--cidr"],
  ["the range that people come from", { cidr: "10.250.0.0/16" }, "--cidr"],
  ["another environment's domain", { domain: "example.com" }, "--domain"],
  ["an owner without --ephemeral", { owner: "commerce" }, "--owner"],
])("fails with PVD4005 for %s", (_what, given, flag) => {
  expect(wrong({ ...least, ...given })).toEqual([`PVD4005 ${flag}`]);
});

test.each(["0", "91", "1.5", "soon"])("fails with PVD4005 for %s days", (days) => {
  expect(wrong({ ...least, owner: "commerce", days }, true)).toEqual(["PVD4005 --days"]);
});

test("fails with PVD4005 behind the last environment, unless it is protected itself", () => {
  expect(wrong({ ...least, after: "production", like: "dev" })).toEqual(["PVD4005 --after"]);
  expect(wrong({ ...least, after: "production", owner: "commerce", days: "7" }, true)).toEqual(["PVD4005 --after"]);
  expect(wrong({ ...least, after: "production" })).toEqual([]);
});

describe("beside an ephemeral one, out of which nothing comes", () => {
  const preview = { ...environmentEntry("preview"), ephemeral: { owner: "commerce", expires: "2026-12-05" } };
  const beside = (given: Said["given"]) => () =>
    parseAnswers({ given, isEphemeral: false }, environments.toSpliced(1, 0, preview), today);

  test.each(["like", "after"])("fails with PVD4005 for one that is %s it, and says once what there is", (question) => {
    expect(beside({ ...least, [question]: "preview" })).toThrow(
      new RegExp(`^PVD4005 --${question}: got "preview", want .*there are dev, staging, production; [^;\n]*$`),
    );
  });

  test("fails with PVD4005 behind the last without naming it as a way out", () => {
    const said = { ...least, after: "production", like: "dev" };
    expect(beside(said)).toThrow(/PVD4005 --after: .*say --after dev or staging$/);
  });
});

describe("ranges", () => {
  const range = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 16, max: 20 }), fc.integer({ min: 0, max: 15 }))
    .map(
      ([second, length, third]) =>
        `10.${second}.${(((third * 2 ** (24 - length)) % 256) >> (24 - length)) << (24 - length)}.0/${length}`,
    );

  test("the next free one is one, of the same size, that has nothing in common with any", () => {
    fc.assert(
      fc.property(range, fc.array(range, { maxLength: 20 }), (after, others) => {
        const next = nextFree(after, [after, ...others]);
        if (next === undefined) return;
        expect(isNetworkRange(next)).toBe(true);
        expect(next.split("/")[1]).toBe(after.split("/")[1]);
        expect(overlapping(next, [after, ...others])).toEqual([]);
      }),
    );
  });

  test("there is none behind the last", () => {
    expect(nextFree("10.255.0.0/16", [])).toBeUndefined();
  });

  test.each(["10.0.0.0/8", "10.1.0.0/21", "11.0.0.0/16", "172.32.0.0/16", "10.1.1.0/16", "10.1.256.0/20", "10.1.0.0"])(
    "%s is no range of a network",
    (text) => expect(isNetworkRange(text)).toBe(false),
  );

  test.each(["10.255.0.0/16", "172.16.0.0/16", "192.168.240.0/20"])("%s is one", (text) =>
    expect(isNetworkRange(text)).toBe(true),
  );
});

test("docs/environments.md has every question: PAVED_WRITE_DOCS=1 writes them", () => {
  const writer = "PAVED_WRITE_DOCS=1 npx jest --config ../../jest.config.js environment-answers, in apps/cli";
  const part = {
    page: path.join(__dirname, "..", "..", "..", "docs", "environments.md"),
    begin: `<!-- questions: written by ${writer} -->`,
    end: "<!-- end of questions -->",
  };
  const rows = Object.entries(ENVIRONMENT_QUESTIONS).map(([name, { help, want, usual }]) => {
    const flag = name === "name" ? "`<name>`" : `\`${flagOf(name)}\``;
    const needed = OF_EPHEMERAL.some((each) => each === name)
      ? "it has to be said with `--ephemeral`"
      : "it has to be said";
    return `| ${flag} | ${help}: ${want} | ${usual?.words ?? needed} |`;
  });
  const table = ["| answer | what | when nothing is said |", "| --- | --- | --- |", ...rows].join("\n");
  if (process.env["PAVED_WRITE_DOCS"] === "1") writePart(part, () => table);
  expect(readFileSync(part.page, "utf8")).toBe(pageWith(part, () => table));
});
