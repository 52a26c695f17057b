import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { type ChartPin, CHARTS } from "../src";

const folder = path.resolve(__dirname, "../charts");
const names = readdirSync(folder);

const chartOf = (name: string) => readFileSync(path.join(folder, name, "Chart.yaml"), "utf8");
const versionOf = (name: string) => /^version: (\S+)$/m.exec(chartOf(name))?.[1];

/** What a chart is made of, by path in its folder. */
function filesOf(name: string): readonly string[] {
  const entries = readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return files.map((file) => path.relative(path.join(folder, name), file)).toSorted();
}

function hashOf(name: string): string {
  const hash = createHash("sha256");
  for (const file of filesOf(name)) hash.update(file).update(readFileSync(path.join(folder, name, file)));
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
    "objects 1.0.0": "3c8dda84f15bcbeb",
  });
});

test("the chart of objects is one template, and brings no chart and no kind of its own", () => {
  expect(filesOf("objects")).toEqual(["Chart.yaml", "templates/objects.yaml", "values.schema.json", "values.yaml"]);
});

test("a chart is called as its folder, and needs no other, which would have to be fetched", () => {
  for (const name of names) {
    expect(chartOf(name)).toContain(`name: ${name}\n`);
    expect(chartOf(name)).not.toMatch(/^dependencies:/m);
  }
});
