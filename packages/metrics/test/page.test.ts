import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { definitionTable, eventTable } from "../src";

const page = path.join(__dirname, "../../../docs/metrics.md");
const PARTS = { definitions: definitionTable(), events: eventTable() };

/** The page with its generated parts as they have to be. */
function wanted(text: string): string {
  return Object.entries(PARTS).reduce((before, [name, part]) => {
    const place = new RegExp(`(<!-- ${name}: [^>]* -->\\n)[^]*?(<!-- end of ${name} -->)`);
    expect(before).toMatch(place);
    return before.replace(place, (_, begin: string, end: string) => `${begin}\n${part}\n\n${end}`);
  }, text);
}

test("docs/metrics.md has every definition and every field of an event: PAVED_WRITE_DOCS=1 writes them", () => {
  const text = wanted(readFileSync(page, "utf8"));
  if (process.env["PAVED_WRITE_DOCS"] === "1") writeFileSync(page, text);
  expect(readFileSync(page, "utf8")).toBe(text);
});

test("docs/metrics.md says what the error on exports means", () => {
  expect(readFileSync(page, "utf8")).toContain("`PVD8001`");
});
