import * as fs from "node:fs";
import * as path from "node:path";
import { changes } from "./affected/changes";

const page = path.join(__dirname, "..", "docs", "affected.md");

test("the page is of at least 180 changes, of every sort, none missed and hardly one named in vain", () => {
  const text = fs.readFileSync(page, "utf8");
  const [, recall, precision, count] = /recall ([\d.]+), precision ([\d.]+), over (\d+) changes/.exec(text) ?? [];
  expect(recall).toBe("1.000");
  expect(Number(precision)).toBeGreaterThanOrEqual(0.99);
  expect(Number(count)).toBeGreaterThanOrEqual(180);
  const sorts = changes(200, 1).map(({ change }) => change.sort);
  expect([...text.matchAll(/^\| (\w+) \| \d+ \|/gm)].map(([, sort]) => sort)).toEqual(
    expect.arrayContaining([...new Set(sorts)]),
  );
});
