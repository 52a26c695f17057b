import * as fs from "node:fs";
import * as path from "node:path";
import { goldenPaths } from "@paved/golden-paths";

const read = (...parts: string[]) => fs.readFileSync(path.join(__dirname, "..", ...parts), "utf8");
const blocksOf = (text: string) => [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((found) => found[1]);

test("the README's services are those that are compiled and synthesized, one a golden path", () => {
  expect(blocksOf(read("README.md"))).toEqual(goldenPaths.map(({ example }) => read(example)));
});

test.each(goldenPaths)("an ordinary service on $name takes less than ten lines", ({ example }) => {
  expect(read(example).trimEnd().split("\n").length).toBeLessThan(10);
});

describe.each(goldenPaths)("$name", ({ name, title, summary, example }) => {
  const source = read("golden-paths", "src", name, "props.ts");
  const shared = source.includes("extends WorkloadOptions") ? read("golden-paths/src/workload/options.ts") : "";
  const page = read("docs", "golden-paths", `${name}.md`);

  test("has a page with its title, what it is for, and its example as it is compiled", () => {
    expect(page.startsWith(`# ${title}\n\n${summary}\n`)).toBe(true);
    expect(blocksOf(page)).toEqual([read(example)]);
    expect(read("docs", "golden-paths", "README.md")).toContain(`| [${title}](${name}.md) | ${summary} |`);
  });

  test("its page says every option", () => {
    expect(optionsIn(source, /Props\b/).length).toBeGreaterThan(0);
    const options = [...optionsIn(source, /Props\b/), ...optionsIn(shared, /^Workload(Options|Scale)\b/)];
    expect(options.filter((option) => !page.includes(`| \`${option}\` |`))).toEqual([]);
  });

  test("its page says every verb", () => {
    const verbs = [...read("golden-paths", "src", name, `${name}.ts`).matchAll(/^ {2}([a-z]\w+)\([^)]/gm)];
    const said = verbs.map(([, verb]) => verb!).filter((verb) => verb !== "constructor");
    expect(said.filter((verb) => !page.includes(`| \`${verb}(`))).toEqual([]);
  });

  test("has two snapshots or more, of its smallest and its largest form", () => {
    const snapshots = read("golden-paths", "test", "__snapshots__", `${name}.test.ts.snap`);
    const titles = [...snapshots.matchAll(/^exports\[`(.*?) \d+`\]/gm)].map(([, snapshot]) => snapshot);
    expect(titles).toContainEqual(expect.stringMatching(/^snapshots nothing .*, in dev/));
    expect(titles).toContainEqual(expect.stringMatching(/^snapshots everything set, in production/));
  });
});

test("the page on deviations shows the service that has one, as it is compiled", () => {
  expect(blocksOf(read("docs/deviations.md"))).toEqual([read("stacks/services/recommendations.ts")]);
});

/** Names of the properties of the exported interfaces whose name matches. */
function optionsIn(source: string, named: RegExp): readonly string[] {
  return [...source.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm)]
    .filter(([, name]) => named.test(name!))
    .flatMap(([, , body]) => [...body!.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, option]) => option!));
}
