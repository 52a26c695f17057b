import { parseComparedIndex } from "../src";

const stack = {
  name: "dev-orders",
  environment: "dev",
  service: "orders",
  owner: "commerce",
  directory: "stacks/dev-orders",
  dependsOn: ["dev-network"],
};
const named = {
  version: 1,
  environments: ["dev", "production"],
  protectedEnvironments: ["production"],
  stacks: [stack],
  services: [{ name: "orders", source: "stacks/services/orders.ts", goldenPath: "node-api@1", tier: 1 }],
};
const entries = {
  ...named,
  environments: [
    { name: "dev", protected: false },
    { name: "production", protected: true },
  ],
};
const environments = [
  { name: "dev", protected: false },
  { name: "production", protected: true },
];

test.each([
  ["as names, with a list of those that are protected", named],
  ["as entries", { ...entries, protectedEnvironments: undefined }],
])("environments are read %s", (_how, index) => {
  expect(parseComparedIndex(index, "paved.json").environments).toEqual(environments);
});

test("what a version does not write yet counts as none", () => {
  const { stacks, services } = parseComparedIndex({ environments: ["dev"], stacks: [stack] }, "paved.json");
  expect(services).toEqual([]);
  expect(stacks).toEqual([
    { ...stack, elements: {}, records: { moved: [], retired: [], forgotten: [], imported: [] } },
  ]);
});

test("what a comparison does not read is left out, whatever it holds", () => {
  const index = parseComparedIndex({ ...named, version: 7, goldenPaths: 1, more: [] }, "paved.json");
  expect(Object.keys(index).toSorted()).toEqual(["environments", "services", "stacks"]);
});

test("what was read is read again as the same", () => {
  const index = parseComparedIndex(named, "paved.json");
  expect(parseComparedIndex(index, "paved.json")).toEqual(index);
});

test.each([
  ["no stacks", { environments: [] }, "stacks: got nothing, want a list"],
  ["a stack without a directory", { ...named, stacks: [{ ...stack, directory: 1 }] }, "stacks.0.directory: got 1"],
  ["an environment that is a number", { ...named, environments: [7] }, "environments.0: got 7"],
  ["a list", [], "index: got [], want an object"],
])("fails with PVD2009 on %s, and says where", (_what, index, said) => {
  expect(() => parseComparedIndex(index, "paved.json")).toThrow(`PVD2009 paved.json ${said}`);
});
