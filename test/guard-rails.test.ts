import * as fs from "node:fs";
import * as path from "node:path";
import { benchmarks, controlCells, rulePage, rules, ruleTable } from "@paved/policy";
import type { Edit } from "./kill-table/edit";
import { edits } from "./kill-table/edits";
import { killTablePage } from "./kill-table/page";

const docs = path.join(__dirname, "..", "docs");
const read = (...parts: string[]): string => fs.readFileSync(path.join(docs, ...parts), "utf8");

test("every guard-rail has its page, and no page is of one that is gone: paved judge --write makes them", () => {
  expect(fs.readdirSync(path.join(docs, "guardrails")).toSorted()).toEqual(
    rules.map(({ id }) => `${id}.md`).toSorted(),
  );
  const stale = rules.filter((rule) => read("guardrails", `${rule.id}.md`) !== rulePage(rule)).map(({ id }) => id);
  expect(stale).toEqual([]);
});

test("docs/guardrails.md lists every rule, and every control of every benchmark, all of which hold: paved judge --write makes it", () => {
  const page = read("guardrails.md");
  expect(page).toContain(ruleTable(rules));
  for (const { controls } of benchmarks) {
    const seen = controls.filter(({ enforced }) => enforced.by === "rule").length;
    expect(page).toContain(`${seen} of the ${seen} that guard-rails see to hold in every environment`);
  }
  const cells = benchmarks.flatMap(({ controls }) => controls.map(controlCells));
  expect(cells.filter((each) => !page.includes(each))).toEqual([]);
});

test("the kill table has 60 edits or more, each of its own, and docs/kill-table.md shows them: PAVED_WRITE_DOCS=1 writes it", () => {
  expect(new Set(edits.map(({ what }) => what)).size).toBe(edits.length);
  expect(edits.length).toBeGreaterThanOrEqual(60);
  const page = killTablePage(edits);
  if (process.env["PAVED_WRITE_DOCS"] === "1") fs.writeFileSync(path.join(docs, "kill-table.md"), page);
  expect(read("kill-table.md")).toBe(page);
});

test("what an edit of the kill table replaces stands exactly once in its file", () => {
  const times = ({ file, from }: Edit): number =>
    fs.readFileSync(path.join(docs, "..", file), "utf8").split(from).length - 1;
  expect(edits.filter((edit) => times(edit) !== 1).map(({ what, file }) => `${file}: ${what}`)).toEqual([]);
});
