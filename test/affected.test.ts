import * as fs from "node:fs";
import * as path from "node:path";
import { type Change, changes } from "./affected/changes";
import { affectedIn, readWritten, type Written } from "./affected/truth";
import { RepositoryWorkspace } from "./repository-workspace";

/**
 * What `paved affected` says of generated changes, held against a full synth of both sides that shares nothing with it but
 * the sources. `npm run test:affected` tries 200 and writes docs/affected.md.
 */
const COUNT = Number(process.env["PAVED_CHANGES"] ?? 8);
const SEED = 20_261;

const workspace = new RepositoryWorkspace();
const page = path.join(__dirname, "..", "docs", "affected.md");
afterAll(() => {
  workspace.remove();
  if (process.env["PAVED_WRITE_DOCS"] === "1") fs.writeFileSync(page, written());
});

interface Result {
  readonly change: Change;
  readonly said: readonly string[];
  readonly true: readonly string[];
}

const results: Result[] = [];
let refused = 0;
let before: Written;

beforeAll(() => {
  const { code, err } = workspace.paved("synth");
  if (code !== 0) throw new Error(err);
  before = readWritten(workspace.file("cdktf.out"));
  for (const { change, random } of changes(COUNT, SEED)) {
    try {
      if (!change.make(workspace, random)) continue;
      const synth = workspace.paved("synth");
      // What does not synthesize affects nothing: it is refused, by both.
      const said = workspace.paved("affected", "--json");
      if (synth.code !== 0) {
        if (said.code === 0) throw new Error(`${change.what}: no synth, and yet ${said.out}`);
        refused += 1;
        continue;
      }
      if (said.code !== 0) throw new Error(`${change.what}: ${said.out}${said.err}`);
      const { stacks } = JSON.parse(said.out) as { stacks: readonly { readonly name: string }[] };
      const truth = affectedIn(before, readWritten(workspace.file("cdktf.out")));
      results.push({ change, said: stacks.map(({ name }) => name).toSorted(), true: truth });
    } finally {
      workspace.restore();
    }
  }
}, 30_000 * COUNT);

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const hits = (all: readonly Result[]) =>
  sum(all.map((each) => each.said.filter((name) => each.true.includes(name)).length));

test("most changes could be made, and some of them affect something", () => {
  expect(results.length).toBeGreaterThan(COUNT / 2);
  expect(sum(results.map((each) => each.true.length))).toBeGreaterThan(0);
});

test("no affected stack is missed, and none is named in vain", () => {
  const wrong = results.filter((each) => JSON.stringify(each.said) !== JSON.stringify(each.true));
  expect(wrong.map(({ change, said, true: truth }) => ({ what: change.what, said, truth }))).toEqual([]);
});

test("words and tests affect nothing", () => {
  expect(results.filter(({ change, said }) => change.sort === "texts" && said.length > 0)).toEqual([]);
});

function written(): string {
  const sorts = [...new Set(results.map(({ change }) => change.sort))].toSorted();
  const ratio = (part: number, of: number) => (of === 0 ? 1 : part / of).toFixed(3);
  const row = (name: string, all: readonly Result[]) => {
    const [said, truth] = [sum(all.map((each) => each.said.length)), sum(all.map((each) => each.true.length))];
    return `| ${name} | ${all.length} | ${truth} | ${said} | ${ratio(hits(all), truth)} | ${ratio(hits(all), said)} |`;
  };
  const [said, truth] = [sum(results.map((each) => each.said.length)), sum(results.map((each) => each.true.length))];
  return [
    "# What a change affects",
    "",
    "`paved affected` synthesizes the fleet at two revisions and compares what comes out. Which files changed only explains the result. The same content is synthesized once: it is known by Git's own ids of all that synth reads, so that the base of a pull request is there already.",
    "",
    `Held against a full synth of both sides that shares nothing with it but the sources: **recall ${ratio(hits(results), truth)}, precision ${ratio(hits(results), said)}, over ${results.length} changes** (${refused} more did not synthesize, and were refused by both). This page is written by \`npm run test:affected\`.`,
    "",
    "| sort of change | changes | stacks affected | stacks named | recall | precision |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...sorts.map((sort) =>
      row(
        sort,
        results.filter(({ change }) => change.sort === sort),
      ),
    ),
    row("all", results),
    "",
    "```",
    "npx paved affected                       # what the working tree changes, since the last commit",
    "npx paved affected --base origin/main    # what a branch changes",
    "npx paved affected --json                # for a pipeline: which stacks to plan, and who depends on them",
    "npx paved impact --base origin/main      # what the change does: resources, data, permissions, cost",
    "```",
    "",
  ].join("\n");
}
