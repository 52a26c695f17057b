import { readFileSync } from "node:fs";
import path from "node:path";
import { pageWith, writePart } from "@paved/testing/src/written-part";
import { definitionTable, eventTable } from "../src";

const page = path.join(__dirname, "../../../docs/metrics.md");
const WRITER = "PAVED_WRITE_DOCS=1 npx jest --config ../../jest.config.js page, in packages/metrics";

test.each([
  ["definitions", definitionTable],
  ["events", eventTable],
])("docs/metrics.md has all %s: PAVED_WRITE_DOCS=1 writes them", (name, table) => {
  const part = { page, begin: `<!-- ${name}: written by ${WRITER} -->`, end: `<!-- end of ${name} -->` };
  if (process.env["PAVED_WRITE_DOCS"] === "1") writePart(part, table);
  expect(readFileSync(page, "utf8")).toBe(pageWith(part, table));
});

test("docs/metrics.md says what the error on exports means", () => {
  expect(readFileSync(page, "utf8")).toContain("`PVD8001`");
});
