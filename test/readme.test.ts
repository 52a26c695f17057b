import * as fs from "node:fs";
import * as path from "node:path";

const read = (...parts: string[]) => fs.readFileSync(path.join(__dirname, "..", ...parts), "utf8");

test("the README's service is the one that is compiled and synthesized", () => {
  const blocks = [...read("README.md").matchAll(/```ts\n([\s\S]*?)```/g)].map((found) => found[1]);
  expect(blocks).toEqual([read("stacks", "services", "orders.ts")]);
});

test("an ordinary service takes at most ten lines", () => {
  expect(read("stacks", "services", "orders.ts").trimEnd().split("\n").length).toBeLessThanOrEqual(10);
});
