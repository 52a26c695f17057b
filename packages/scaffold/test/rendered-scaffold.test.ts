import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { parseAnswers, scaffoldNamed, SCAFFOLDS } from "../src";
import { foldersOf } from "../src/layer";
import { renderText } from "../src/renderer";
import { CASES, rendered, SAMPLES, templates } from "./generated";

/** Addresses that are nobody's, and links within the page. */
const LINK = /\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g;

test("there are answers to try every scaffold with", () => {
  expect(Object.keys(SAMPLES)).toEqual(SCAFFOLDS.map(({ name }) => name));
});

test("what is not known is an error, and not nothing", () => {
  expect(() => renderText("${{ values.nmae }}", { values: { name: "returns" } })).toThrow(/undefined/);
});

describe.each(CASES)("$name with $answers", ({ name, given }) => {
  test("no two of its layers have one file", () => {
    const scaffold = scaffoldNamed(name);
    const files = foldersOf(scaffold.layers, parseAnswers(scaffold, given)).flatMap((layer) => {
      const folder = path.join(templates, layer);
      return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => statSync(path.join(folder, file)).isFile())
        .map((file) => file.replace(/\.njk$/, ""));
    });
    expect(files.filter((file, index) => files.indexOf(file) !== index)).toEqual([]);
  });

  test("the same answers give the same files", async () => {
    expect(await rendered(name, given)).toEqual(await rendered(name, given));
  });

  test("nothing of a template is left", async () => {
    const { repository, registration } = await rendered(name, given);
    for (const [file, text] of [...repository, ...registration]) {
      expect({ file, left: /\$\{\{ ?values|\{%|\[object/.exec(text)?.[0] }).toEqual({ file });
      expect(file).not.toMatch(/\.njk$|\$\{\{/);
    }
  });

  test("it has what every repository has", async () => {
    const files = [...(await rendered(name, given)).repository.keys()];
    const all = [
      ".github/workflows/ci.yml",
      ".gitignore",
      ".paved.json",
      "CODEOWNERS",
      "README.md",
      "catalog-info.yaml",
      "docs/index.md",
      "docs/on-call.md",
      "docs/runbook.md",
      "mkdocs.yml",
      "renovate.json",
    ];
    const image = [".dockerignore", "Dockerfile"];
    expect(all.filter((file) => !files.includes(file))).toEqual([]);
    expect(image.filter((file) => files.includes(file))).toEqual(
      scaffoldNamed(name).layers.some(({ folder }) => folder === "container") ? image : [],
    );
  });

  test("it records what made it, and of which answers", async () => {
    const { repository } = await rendered(name, given);
    const [scaffold] = SCAFFOLDS.filter((each) => each.name === name);
    expect(JSON.parse(repository.get(".paved.json")!)).toMatchObject({
      ...given,
      goldenPath: name,
      version: scaffold?.version,
    });
  });

  test("whatever is JSON or YAML can be read", async () => {
    const files = [...(await rendered(name, given)).repository];
    const read = files.filter(([file]) => /\.(json|ya?ml)$/.test(file)).map(([, text]) => parse(text) as unknown);
    expect(read.length).toBeGreaterThan(4);
    expect(read.filter((value) => typeof value !== "object" || value === null)).toEqual([]);
  });

  test("every page is in the navigation, and every link leads to a file", async () => {
    const { repository } = await rendered(name, given);
    const files = [...repository.keys()];
    const { nav } = parse(repository.get("mkdocs.yml")!) as { readonly nav: readonly Record<string, string>[] };
    const pages = files.filter((file) => /^docs\/.*\.md$/.test(file));
    expect(nav.flatMap((entry) => Object.values(entry)).toSorted()).toEqual(pages.map((page) => page.slice(5)));
    for (const [file, text] of [...repository].filter(([each]) => each.endsWith(".md"))) {
      const led = [...text.matchAll(LINK)].map(([, to]) => path.join(path.dirname(file), to!));
      expect(led.filter((to) => !files.includes(to))).toEqual([]);
    }
  });

  test("its service file takes at most ten lines, beside those that are empty", async () => {
    const [[file, text] = []] = (await rendered(name, given)).registration;
    expect(file).toBe(`stacks/services/${String(given["name"])}.ts`);
    expect(text!.split("\n").filter((line) => line !== "").length).toBeLessThanOrEqual(10);
  });
});
