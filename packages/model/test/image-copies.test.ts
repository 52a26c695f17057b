import { imageReaders, imageSources, registryHost } from "../src";

const ephemeral = { owner: "commerce", expires: "2026-12-05" };
const order = [
  { name: "dev", ephemeral: false as const },
  { name: "preview", ephemeral },
  { name: "staging" },
  { name: "production" },
];
const names = (environments: readonly { readonly name: string }[]) => environments.map(({ name }) => name);

test.each([
  ["dev", []],
  ["preview", ["dev"]],
  ["staging", ["dev"]],
  ["production", ["staging", "dev"]],
  ["elsewhere", []],
])("%s copies from those before it that last, the nearest first", (name, sources) => {
  expect(names(imageSources(order, name))).toEqual(sources);
});

test.each([
  ["dev", ["preview", "staging", "production"]],
  ["preview", []],
  ["staging", ["production"]],
  ["production", []],
])("from %s those after it copy", (name, readers) => {
  expect(names(imageReaders(order, name))).toEqual(readers);
});

test("a registry is an account's in a region", () => {
  expect(registryHost({ account: "111111111111", region: "eu-west-1" })).toBe(
    "111111111111.dkr.ecr.eu-west-1.amazonaws.com",
  );
});
