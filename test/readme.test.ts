import * as fs from "node:fs";
import * as path from "node:path";
import { goldenPaths } from "@paved/golden-paths";
import { ERROR_CODES } from "@paved/model";

const read = (...parts: string[]) => fs.readFileSync(path.join(__dirname, "..", ...parts), "utf8");
const blocksOf = (text: string) => [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((found) => found[1]);

test("the README's services are those that are compiled and synthesized, one a golden path", () => {
  expect(blocksOf(read("README.md")).toSorted()).toEqual(goldenPaths.map(({ example }) => read(example)).toSorted());
});

test.each(goldenPaths)("an ordinary service on $name takes less than ten lines", ({ example }) => {
  expect(read(example).trimEnd().split("\n").length).toBeLessThan(10);
});

describe.each(goldenPaths)("$name", ({ name, title, summary, example, shape }) => {
  const page = read("docs", "golden-paths", `${name}.md`);

  test("has a page with its title, what it is for, and its example as it is compiled", () => {
    expect(page.startsWith(`# ${title}\n\n${summary}\n`)).toBe(true);
    expect(blocksOf(page)).toEqual([read(example)]);
    expect(read("docs", "golden-paths", "README.md")).toContain(`| [${title}](${name}.md) | ${summary} |`);
  });

  test("its page says every option", () => {
    const options = Object.keys(shape.shape);
    expect(options.length).toBeGreaterThan(0);
    expect(options.filter((option) => !page.includes(`| \`${option}\` |`))).toEqual([]);
  });

  test("its page says every verb", () => {
    const verbs = [...read("golden-paths", "src", name, `${name}.ts`).matchAll(/^ {2}([a-z]\w+)\([^)]/gm)];
    const said = verbs.map(([, verb]) => verb!).filter((verb) => verb !== "constructor");
    expect(said.filter((verb) => !page.includes(`| \`${verb}(`))).toEqual([]);
  });

  test("is held to what all promise, by itIsAGoldenPath in its own test: snapshots of its smallest and its largest form", () => {
    const snapshots = read("golden-paths", "test", "__snapshots__", `${name}.test.ts.snap`);
    const titles = [...snapshots.matchAll(/^exports\[`(.*?) \d+`\]/gm)].map(([, snapshot]) => snapshot);
    expect(titles).toContainEqual(expect.stringMatching(/^as every golden path nothing set, in dev/));
    expect(titles).toContainEqual(expect.stringMatching(/^as every golden path everything set, in production/));
  });
});

test("the page on deviations shows the service that has one, as it is compiled", () => {
  expect(blocksOf(read("docs/deviations.md"))).toEqual([read("stacks/services/recommendations.ts")]);
});

test("the page on the reviewed plan says every code of bundles", () => {
  const page = read("docs", "pipeline.md");
  const codes = Object.keys(ERROR_CODES).filter((code) => code.startsWith("PVD5"));
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});

test("the page on environments says every code and every command of theirs", () => {
  const page = read("docs", "environments.md");
  const codes = Object.keys(ERROR_CODES).filter((code) => code.startsWith("PVD22"));
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  const commands = [...read("apps/cli/src/command-specs/environments.ts").matchAll(/^ {4}name: "(.+)"/gm)].map(
    ([, name]) => `paved ${name!}`,
  );
  expect(commands).toHaveLength(3);
  expect(commands.filter((name) => !page.includes(name))).toEqual([]);
});

test("the page on control planes says every code and every command of theirs", () => {
  const page = read("docs", "control-plane.md");
  const codes = Object.keys(ERROR_CODES).filter((code) => code.startsWith("PVD9"));
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  const commands = [...read("apps/cli/src/command-specs/control-plane.ts").matchAll(/name: "(.+)"/g)].map(
    ([, name]) => name!,
  );
  expect(commands.length).toBeGreaterThan(3);
  expect(commands.filter((name) => !page.includes(`npx paved ${name}`))).toEqual([]);
});

test("the page on what runs of a service says every command that shows it", () => {
  const page = read("docs", "running.md");
  const commands = [...read("apps/cli/src/command-specs/service.ts").matchAll(/^ {4}name: "(.+)"/gm)].map(
    ([, name]) => name!,
  );
  expect(commands).toHaveLength(4);
  expect(commands.filter((name) => !page.includes(`npx paved ${name} `))).toEqual([]);
});

test("the page on deliveries says every code of theirs, and every command on what runs", () => {
  const page = read("docs", "delivery.md");
  const codes = Object.keys(ERROR_CODES).filter((code) => code.startsWith("PVD21"));
  expect([...codes, "PVD4007", "PVD4008"].filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  const commands = [...read("apps/cli/src/command-specs/releases.ts").matchAll(/^    name: "(.+)"/gm)].map(
    ([, name]) => name!,
  );
  expect(commands.length).toBeGreaterThan(3);
  expect(commands.filter((name) => !page.includes(`npx paved ${name} `))).toEqual([]);
});

test("the page on the fleet says every code and every command of upgrades", () => {
  const page = read("docs", "fleet.md");
  const codes = Object.keys(ERROR_CODES).filter((code) => code.startsWith("PVD41"));
  expect(codes.length).toBeGreaterThan(3);
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  for (const name of ["fleet", "upgrade-service"]) expect(page).toContain(`npx paved ${name} `);
});

test("the page of benchmarks has every case that is measured, and counts of the fleet: npm run bench -- --write makes it", () => {
  const cases = [...read("scripts/bench.mjs").matchAll(/name: "([^"]+)",\s*args/g)].map(([, name]) => name!);
  const [, written = ""] =
    /<!-- written by npm run bench[^>]*>([\s\S]*?)<!-- end/.exec(read("docs/benchmarks.md")) ?? [];
  expect(written).toMatch(/: \d+ stacks with \d+ resources in \d+ environments\.$/m);
  const rows = [...written.matchAll(/^\| ([^|]+) \| [\d.]+ \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(cases.filter((name) => name !== "warm-up"));
});
