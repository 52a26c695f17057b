import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { enginesIn } from "../src/lock/engine-processes";

const home = mkdtempSync(path.join(tmpdir(), "paved-engines-"));
const [here, elsewhere] = ["a", "b"].map((checkout) => path.join(home, checkout, "work", "live", "dev-of-this-test"));
const program = path.join(home, "tofu");
let engine: ChildProcess;

beforeAll(() => {
  for (const place of [here!, elsewhere!]) mkdirSync(place, { recursive: true });
  copyFileSync(execFileSync("which", ["sleep"], { encoding: "utf8" }).trim(), program);
  engine = spawn(program, ["60"], { cwd: here, stdio: "ignore" });
});
afterAll(() => {
  engine.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
});

test("an engine works on the stack whose directory it is in", () => {
  expect(enginesIn(here!, "none", false)).toEqual([engine.pid]);
});

test("where the state is everybody's, one of another checkout works on the stack too", () => {
  expect(enginesIn(elsewhere!, "none", true)).toEqual([engine.pid]);
});

test("where it is a file, what another checkout does is nothing to it", () => {
  expect(enginesIn(elsewhere!, "none", false)).toEqual([]);
});
