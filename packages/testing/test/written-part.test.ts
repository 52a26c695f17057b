import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writePart } from "../src/written-part";

const folder = mkdtempSync(path.join(tmpdir(), "paved-page-"));
const part = { page: path.join(folder, "page.md"), begin: "<!-- one -->", end: "<!-- end -->" };
afterAll(() => rmSync(folder, { recursive: true }));

test("a part is written of what it said, and all around it stays, parts with the same end too", () => {
  writeFileSync(part.page, "Here.\n<!-- none -->\n<!-- end -->\n<!-- one -->\n\nfirst\n\n<!-- end -->\nThere.\n");
  writePart(part, (former) => `${former} $& second`);
  expect(readFileSync(part.page, "utf8")).toBe(
    "Here.\n<!-- none -->\n<!-- end -->\n<!-- one -->\n\nfirst $& second\n\n<!-- end -->\nThere.\n",
  );
});

test.each(["nothing", "<!-- end -->\n<!-- one -->\n"])("a page that says only %j is refused, and stays", (text) => {
  writeFileSync(part.page, text);
  expect(() => writePart(part, () => "it")).toThrow(/page\.md lacks <!-- one --> or <!-- end -->/);
  expect(readFileSync(part.page, "utf8")).toBe(text);
});
