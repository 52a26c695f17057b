import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { type ChartPin, CHARTS } from "../src";

const folder = path.resolve(__dirname, "../charts");
const names = readdirSync(folder);

const chartOf = (name: string) => readFileSync(path.join(folder, name, "Chart.yaml"), "utf8");
const versionOf = (name: string) => /^version: (\S+)$/m.exec(chartOf(name))?.[1];

/** What a chart is made of, each file by its path. */
function hashOf(name: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true });
  const paths = files.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of paths.toSorted()) hash.update(path.relative(folder, file)).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

test("the charts without a repository are those that this one has, each in its version", () => {
  const own = Object.entries<ChartPin>(CHARTS).filter(([, { repository }]) => repository === undefined);
  expect(Object.fromEntries(own.map(([name, { version }]) => [name, version]))).toEqual(
    Object.fromEntries(names.map((name) => [name, versionOf(name)])),
  );
});

// Helm's provider upgrades a release when its values or its chart's version change, not when its templates do.
test("a chart that is changed has another version", () => {
  expect(Object.fromEntries(names.map((name) => [`${name} ${versionOf(name)}`, hashOf(name)]))).toEqual({
    "objects 1.0.0": "a0692e0bca39dcf1",
  });
});

test("a chart is called as its folder, and needs no other, which would have to be fetched", () => {
  for (const name of names) {
    expect(chartOf(name)).toContain(`name: ${name}\n`);
    expect(chartOf(name)).not.toMatch(/^dependencies:/m);
  }
});
