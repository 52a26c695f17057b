import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { judgeStack } from "@paved/policy";
import { realEngine } from "./fleet-on-disk";

/** What the engine does with what is refused: where this is wrong, it refuses for nothing, or not all that it has to. */
const directory = mkdtempSync(path.join(tmpdir(), "paved-foreign-engine-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const secret = path.join(directory, "secret");
const call = `file("${secret}")`;

/** Inputs of a resource by what hides the call in them. */
const HIDDEN: Readonly<Record<string, unknown>> = {
  "the name of a property": { [`\${${call}}`]: "x" },
  "the name of a property, deep": [{ a: { b: { [`\${${call}}`]: "x" } } }],
  "the value of //": { "//": `\${${call}}` },
  "what is below a //": { "//": { "//": [`\${${call}}`] } },
  "a blank": `\${file ("${secret}")}`,
  "a tab": `\${file\t("${secret}")}`,
  "an end of line": `\${file\n("${secret}")}`,
  "a comment": `\${ file /*c*/ ("${secret}")}`,
  "a comment to the end of the line": `\${file #c\n("${secret}")}`,
  "another one": `\${file //}\n("${secret}")}`,
  "a bracket in a comment": `\${ 1 /* } */ == 1 ? ${call} : "" }`,
  "a bracket in a comment of a line": `\${ 1 # }\n == 1 ? ${call} : "" }`,
  "a quote in a comment": `\${ 1 /* " */ == 1 ? ${call} : "" /* " */ }`,
  "a heredoc": `\${<<E\n\${${call}}\nE\n}`,
  "a directive": `%{if true}\${${call}}%{endif}`,
  "a loop": `%{for x in [${call}]}\${x}%{endfor}`,
  "a sign of the other kind": `%%\${${call}}`,
  "a template in a text": `\${"\${${call}}"}`,
  "signs in a text before": `\${"$$$"}\${${call}}`,
  "its full name": `\${core::${call}}`,
  "its full name with blanks": `\${core :: ${call}}`,
  "strip markers": `\${~ ${call} ~}`,
  "a text that is made a template": `\${templatestring("$\${file(\\"${secret}\\")}", {})}`,
};

/** The same for texts that the engine takes for nothing but text. */
const TEXT: readonly string[] = [`$\${${call}}`, `$$\${${call}}`, `$$$\${${call}}`, `\${"$\${x}"}`, `"\${1}"`];

const refused = (root: object) => {
  const origin = { address: "terraform_data.x", path: "x" };
  return judgeStack({ name: "dev-orders", elements: [origin], json: root as Record<string, unknown> })
    .map(({ code }) => code)
    .filter((code) => code === "PVD1018" || code === "PVD1042");
};
const rootOf = (input: unknown) => ({ resource: { terraform_data: { x: { input } } } });

async function tofu(...args: readonly string[]): Promise<string> {
  const { binary } = await realEngine();
  const settings = path.join(directory, "none.tofurc");
  writeFileSync(settings, "");
  const env = { ...process.env, TF_CLI_CONFIG_FILE: settings };
  return execFileSync(binary, args, { cwd: directory, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

async function plan(inputs: readonly unknown[]): Promise<string> {
  writeFileSync(secret, "of the machine");
  const resources = Object.fromEntries(inputs.map((input, index) => [`x${index}`, { input }]));
  writeFileSync(path.join(directory, "main.tf.json"), JSON.stringify({ resource: { terraform_data: resources } }));
  await tofu("init", "-no-color");
  return tofu("plan", "-no-color");
}

test("every call that is hidden is one that the engine makes, and is refused", async () => {
  const planned = await plan(Object.values(HIDDEN));
  const parts = planned.split(/(?=# terraform_data\.x\d+ will be created)/).slice(1);
  expect(parts).toHaveLength(Object.keys(HIDDEN).length);
  for (const part of parts) expect(part).toContain("of the machine");
  const passed = Object.entries(HIDDEN).filter(([, input]) => refused(rootOf(input)).length === 0);
  expect(passed.map(([hidden]) => hidden)).toEqual([]);
});

test("what is text to the engine is text here", async () => {
  expect(await plan(TEXT)).not.toContain("of the machine");
  expect(TEXT.filter((text) => refused(rootOf(text)).length > 0)).toEqual([]);
});

test("of the engine's functions, those that read nothing but their arguments may be called, and no other", async () => {
  const { function_signatures: all } = JSON.parse(await tofu("metadata", "functions", "-json")) as {
    function_signatures: Readonly<Record<string, unknown>>;
  };
  const names = Object.keys(all);
  expect(names.length).toBeGreaterThan(200);
  expect(names.filter((name) => refused(rootOf(`\${${name}()}`)).length === 0).toSorted()).toMatchInlineSnapshot(`
   [
     "base64decode",
     "base64encode",
     "concat",
     "element",
     "format",
     "join",
     "jsondecode",
     "jsonencode",
     "lookup",
     "one",
     "replace",
     "split",
     "tolist",
     "toset",
   ]
  `);
});
