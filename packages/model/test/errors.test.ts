import {
  didYouMean,
  ERROR_CODES,
  type Finding,
  Findings,
  formatFinding,
  nearest,
  PavedError,
  readFinding,
} from "../src";

const finding: Finding = {
  code: "PVD1003",
  where: "stacks/services/orders.ts image",
  got: '"orders:latest"',
  want: "a repository",
  fix: 'write "orders"',
};

test("a finding is one line: code, where, got, want, fix", () => {
  expect(formatFinding(finding)).toBe(
    'PVD1003 stacks/services/orders.ts image: got "orders:latest", want a repository; write "orders"',
  );
});

test("the user's line is named when it is known", () => {
  expect(formatFinding({ ...finding, where: "dev-orders/api", source: "stacks/services/orders.ts:7" })).toMatch(
    /^PVD1003 dev-orders\/api \(stacks\/services\/orders\.ts:7\): /,
  );
});

test.each([finding, { ...finding, source: "stacks/services/orders.ts:7" }])(
  "a finding is read from its line",
  (one) => {
    expect(readFinding(formatFinding(one))).toEqual(one);
  },
);

test.each(["", "PVD9004", "PVD0000 dev: got a, want b; c"])("%j is no finding", (line) => {
  expect(readFinding(line)).toBeUndefined();
});

test("the same fields are in the JSON, with the title of the code", () => {
  expect(JSON.parse(JSON.stringify(new PavedError(finding)))).toEqual({
    errors: [{ ...finding, title: ERROR_CODES.PVD1003 }],
  });
});

test("all findings are thrown together, each once", () => {
  const findings = new Findings();
  findings.add(finding);
  findings.collect(() => {
    throw new PavedError([finding, { ...finding, where: "elsewhere" }]);
  });
  expect(() => findings.throwIfAny()).toThrow(new PavedError([finding, { ...finding, where: "elsewhere" }]));
});

test("an error that is not a finding is not swallowed", () => {
  expect(() =>
    new Findings().collect(() => {
      throw new TypeError("a bug");
    }),
  ).toThrow(TypeError);
});

test("nothing collected, nothing thrown", () => {
  expect(() => new Findings().throwIfAny()).not.toThrow();
});

test("a near miss is recognised, a far one is not", () => {
  expect(nearest("prodution", ["dev", "production"])).toBe("production");
  expect(nearest("xyz", ["dev", "production"])).toBeUndefined();
  expect(didYouMean("stagin", ["dev", "staging"])).toBe("did you mean staging?");
  expect(didYouMean("xyz", ["dev", "staging"])).toBe("use one of dev, staging");
});

test("codes are PVD and four digits, and no two have one title", () => {
  expect(Object.keys(ERROR_CODES).filter((code) => !/^PVD[1-9]\d{3}$/.test(code))).toEqual([]);
  expect(new Set(Object.values(ERROR_CODES)).size).toBe(Object.keys(ERROR_CODES).length);
});
