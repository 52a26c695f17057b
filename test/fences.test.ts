import * as fs from "node:fs";
import * as path from "node:path";
import { ERROR_CODES } from "@paved/model";

const root = path.join(__dirname, "..");
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");

const rows = read("docs/fences.md")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (Trap|-+) /.test(line))
  .map((line) => line.slice(1, -1).split(" | "))
  .map((cells) => cells.map((cell) => cell.trim()));

test("the table has a fence and a test for each trap", () => {
  expect(rows.length).toBeGreaterThan(25);
  expect(rows.filter((cells) => cells.length !== 3 || cells.includes(""))).toEqual([]);
});

test.each(rows)("%s: its fence and its test exist", (_trap, fence = "", proof = "") => {
  for (const [, file] of `${fence} ${proof}`.matchAll(/`([\w./-]+\/[\w.-]+\.\w+)`/g)) read(file!);
  const [, file, title] = /^`([^`]+)`: (.+)$/.exec(proof) ?? [];
  if (file === undefined) expect(proof).toBe("none: times are measured, not tested");
  else expect(read(file)).toContain(title);
});

test.each(Object.keys(ERROR_CODES))("%s is expected by a test", (code) => {
  expect(tests.filter((file) => read(file).includes(code))).not.toEqual([]);
});

const tests = ["modules", "golden-paths", "stacks", "environments", "packages", "apps", "test"].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !/(^|\/)(node_modules|dist)\//.test(file))
    .map((file) => path.join(folder, file)),
);
