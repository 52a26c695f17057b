import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { tidy } from "../src/tidy";
import { CASES, INSTALLING_MS, installNode, rendered, templates } from "./generated";

interface Template {
  readonly spec: {
    readonly parameters: readonly { readonly properties: Readonly<Record<string, { readonly default?: unknown }>> }[];
    readonly steps: readonly { readonly input: { readonly url?: string } }[];
  };
}
type Result = { readonly files: Readonly<Record<string, string>> } | { readonly error: string };

const templateOf = (name: string) => parse(readFileSync(path.join(templates, `${name}.yaml`), "utf8")) as Template;

/** As the form hands answers over: with what it fills in by itself. */
function parametersOf({ spec }: Template, given: object): object {
  const usual = Object.entries(spec.parameters[0]!.properties).map(([name, field]) => [name, field.default]);
  return { ...Object.fromEntries(usual), ...given };
}

const home = mkdtempSync(path.join(tmpdir(), "paved-backstage-"));
let results: readonly Result[];
beforeAll(async () => {
  for (const file of ["package.json", "package-lock.json", "dry-run.cjs"]) {
    copyFileSync(path.join(__dirname, "backstage", file), path.join(home, file));
  }
  await installNode(home);
  const lost = templateOf("node-api");
  const nowhere = { ...lost.spec.steps[0], input: { ...lost.spec.steps[0]!.input, url: "./nowhere" } };
  const asked = [
    ...CASES.map(({ name, given }) => ({ template: templateOf(name), given })),
    { template: { ...lost, spec: { ...lost.spec, steps: [nowhere] } }, given: CASES[0]!.given },
  ].map(({ template, given }) => ({ template, parameters: parametersOf(template, given) }));
  const out = execFileSync(process.execPath, ["dry-run.cjs", templates], {
    cwd: home,
    input: JSON.stringify(asked),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  results = JSON.parse(out) as readonly Result[];
}, INSTALLING_MS);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The files below a folder of what was made. */
function below(folder: string, result: Result | undefined): readonly (readonly [string, string])[] {
  if (result === undefined || "error" in result) throw new Error(result?.error ?? "no result");
  return Object.entries(result.files)
    .filter(([file]) => file.startsWith(`${folder}/`))
    .map(([file, text]) => [file.slice(folder.length + 1), text] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

describe.each(CASES.map((each, index) => ({ ...each, index })))(
  "Backstage's own scaffolder makes of $name, with $answers,",
  ({ name, given, index }) => {
    test("the repository that the command makes, to the letter", async () => {
      expect(below("repository", results[index])).toEqual([...(await rendered(name, given)).repository]);
    });

    test("the registration that the command makes, before it is formatted", async () => {
      const made = below("registration", results[index]).map(async ([file, text]) => [file, await tidy(file, text)]);
      expect(await Promise.all(made)).toEqual([...(await rendered(name, given)).registration]);
    });
  },
);

test("Backstage's own scaffolder refuses a template of files that are not there", () => {
  expect(results.at(-1)).toEqual({ error: expect.stringContaining("nowhere") });
});
