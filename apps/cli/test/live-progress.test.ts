import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { LiveProgress } from "../src/terminal/live-progress";
import { ProgressLines, showProgress } from "../src/terminal/progress";
import { kept } from "./sample-fleet";
import type { Written } from "./live-progress-scenes";

jest.mock("../src/terminal/live-progress", () => ({ LiveProgress: jest.fn() }));

const directory = mkdtempSync(path.join(tmpdir(), "paved-cli-"));
const program = path.join(directory, "scenes.js");
afterAll(() => rmSync(directory, { recursive: true, force: true }));
beforeAll(() => {
  const source = path.join(__dirname, "live-progress-scenes.ts");
  const options = { entryPoints: [source], outfile: program, bundle: true, platform: "node", logLevel: "error" };
  // In a process of its own: esbuild refuses jest's typed arrays.
  const script = `require("esbuild").buildSync(${JSON.stringify(options)})`;
  execFileSync(process.execPath, ["-e", script], { cwd: __dirname });
});

/** What is drawn in a scene, one text a frame, without the escape codes. */
function play(scene: string): Written & { readonly text: string } {
  const written = JSON.parse(
    execFileSync(process.execPath, [program, scene], { encoding: "utf8", timeout: 20_000 }),
  ) as Written;
  return { ...written, text: stripVTControlCharacters(written.stderr) };
}

test("one line an environment says how far it is, and below it what is being done; all on standard error", () => {
  const { stdout, text } = play("fleet");
  expect(text).toMatch(/dev +0\/2 stacks\s+› dev-network: plan/);
  expect(text).toMatch(/dev +1\/2 stacks\s+› dev-cluster: apply 3\/8/);
  expect(text).toMatch(/✖ dev +2\/2 stacks, 1 not done\s+✔ production +1\/1 stacks\s*$/);
  expect(stdout).toBe("");
});

test.each([
  ["ended at once", "0/2"],
  ["ended half way", "1/2"],
])("a run that %s ends the display too, and the cursor is shown again", (scene, done) => {
  const { stderr, text } = play(scene);
  expect(text).toMatch(new RegExp(`✖ dev +${done} stacks\\s*$`));
  expect(stderr.lastIndexOf("\u001b[?25h")).toBeGreaterThan(stderr.lastIndexOf("\u001b[?25l"));
});

test("a person gets the display, anything else a line for each stage", async () => {
  expect(await showProgress(kept().terminal, [])).toBeInstanceOf(ProgressLines);
  expect(await showProgress(kept({ tty: true }).terminal, [])).toBeInstanceOf(LiveProgress);
});
