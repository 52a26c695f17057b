import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PavedError } from "@paved/model";
import { synth } from "../src/synth/synth";
import { Workspace } from "../src/workspace/workspace";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "paved-pipeline-"));
  mkdirSync(path.join(root, "stacks", "src"), { recursive: true });
  const ours = path.join(__dirname, "../../..");
  cpSync(path.join(ours, "stacks/build.mjs"), path.join(root, "stacks/build.mjs"));
  symlinkSync(path.join(ours, "node_modules"), path.join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function findings(main?: string): Promise<readonly string[]> {
  if (main !== undefined) writeFileSync(path.join(root, "stacks", "src", "main.ts"), main);
  const error: unknown = await synth(new Workspace(root)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PavedError)) throw error;
  return error.findings.map(({ code, where, source, got }) => `${code} ${source ?? where}: ${got}`);
}

test("fails with PVD2008 on every syntax error and missing import at once, each with its line", async () => {
  expect(await findings('import { a } from "./a";\nimport { b } from "./b";\nconsole.log(a, b);\n')).toEqual([
    'PVD2008 stacks/src/main.ts:1: Could not resolve "./a"',
    'PVD2008 stacks/src/main.ts:2: Could not resolve "./b"',
  ]);
});

test("fails with PVD1020 on a releases file that is no JSON", async () => {
  mkdirSync(path.join(root, "environments", "dev"), { recursive: true });
  writeFileSync(path.join(root, "environments", "dev", "releases.json"), '{ "orders": "sha');
  expect(await findings('import all from "../../environments/dev/releases.json";\nconsole.log(all);\n')).toEqual([
    "PVD1020 environments/dev/releases.json:1: Unterminated string literal",
  ]);
});

test("fails with PVD2008 on a crash, with what went wrong", async () => {
  expect(await findings('throw new TypeError("no such size");\n')).toEqual([
    expect.stringMatching(/^PVD2008 stacks\/src\/main\.ts: an end with 1: .*TypeError: no such size/),
  ]);
});

test("fails with PVD2008 where there is nothing to synthesize", async () => {
  rmSync(path.join(root, "stacks"), { recursive: true });
  expect(await findings()).toEqual(["PVD2008 stacks/build.mjs: no such file"]);
});

test("what synth itself finds comes through as it is", async () => {
  const finding = { code: "PVD1004", where: "stacks/services/b.ts", got: "two", want: "one", fix: "rename it" };
  const main = `console.log(${JSON.stringify(JSON.stringify({ errors: [finding] }))}); process.exitCode = 1;\n`;
  expect(await findings(main)).toEqual(["PVD1004 stacks/services/b.ts: two"]);
});
