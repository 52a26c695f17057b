import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { prepareRepository, Workspace } from "../src";

const home = realpathSync(mkdtempSync(path.join(tmpdir(), "paved-service-")));
const platform = new Workspace(path.join(home, "platform"));
const files = new Map([
  ["README.md", "# Returns\n"],
  ["src/index.ts", "export {};\n"],
]);
let place = 0;
const next = () => path.join(home, `place-${place++}`, "returns");
const prepare = (directory: string) =>
  prepareRepository({ directory, files, message: "Add returns\n\nWhy.\n" }, platform);
const git = (directory: string, ...words: string[]) => execFileSync("git", words, { cwd: directory, encoding: "utf8" });

const before = { ...process.env };
beforeAll(() => {
  mkdirSync(platform.root);
  Object.assign(process.env, {
    GIT_CONFIG_GLOBAL: path.join(home, "gitconfig"),
    GIT_CONFIG_SYSTEM: path.join(home, "none"),
    GIT_DIR: path.join(home, "elsewhere"),
  });
  writeFileSync(path.join(home, "gitconfig"), "[user]\nname = t\nemail = t@example.com\n");
});
afterAll(() => {
  process.env = before;
  rmSync(home, { recursive: true, force: true });
});

test("it is written with a first commit, whatever repository the environment speaks of", () => {
  const directory = next();
  const { there, publish } = prepare(directory);
  expect({ there, exists: existsSync(directory) }).toEqual({ there: false, exists: false });
  publish();
  delete process.env["GIT_DIR"];
  expect(git(directory, "log", "--format=%B").trim()).toBe("Add returns\n\nWhy.");
  expect(git(directory, "ls-files").trim().split("\n")).toEqual([...files.keys()]);
  expect(readdirSync(path.dirname(directory))).toEqual(["returns"]);
});

test("what is there already is left, with whatever was added", () => {
  const directory = next();
  prepare(directory).publish();
  writeFileSync(path.join(directory, "more.txt"), "");
  expect(prepare(directory).there).toBe(true);
});

test("fails with PVD4006 where one file says something else, or is missing", () => {
  const directory = next();
  prepare(directory).publish();
  writeFileSync(path.join(directory, "README.md"), "# Mine\n");
  rmSync(path.join(directory, "src"), { recursive: true });
  expect(() => prepare(directory)).toThrow(/PVD4006 .*README\.md: .*\nPVD4006 .*src\/index\.ts: .*--into/);
});

test("fails with PVD4006 where a file is in its place", () => {
  const directory = next();
  mkdirSync(path.dirname(directory));
  writeFileSync(directory, "");
  expect(() => prepare(directory)).toThrow(/PVD4006/);
});

test("fails with PVD4006 when somebody else makes it meanwhile, and leaves theirs", () => {
  const directory = next();
  const { publish } = prepare(directory);
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "README.md"), "# Mine\n");
  expect(publish).toThrow(/PVD4006/);
  expect(readdirSync(directory)).toEqual(["README.md"]);
  expect(readdirSync(path.dirname(directory))).toEqual(["returns"]);
});

test("fails with PVD4003 when Git does not know who commits, before anything is written", () => {
  writeFileSync(path.join(home, "gitconfig"), "[user]\nuseConfigOnly = true\n");
  const directory = next();
  expect(() => prepare(directory)).toThrow(/PVD4003 .*git config --global user\.name/);
  expect(existsSync(path.dirname(directory))).toBe(false);
  writeFileSync(path.join(home, "gitconfig"), "[user]\nname = t\nemail = t@example.com\n");
});

test("a commit that is refused leaves nothing behind", () => {
  const hooks = path.join(home, "hooks");
  mkdirSync(hooks);
  writeFileSync(path.join(hooks, "pre-commit"), "#!/bin/sh\nexit 1\n");
  chmodSync(path.join(hooks, "pre-commit"), 0o755);
  writeFileSync(
    path.join(home, "gitconfig"),
    `[user]\nname = t\nemail = t@example.com\n[core]\nhooksPath = ${hooks}\n`,
  );
  const directory = next();
  expect(() => prepare(directory).publish()).toThrow(/PVD4003 --into/);
  expect(readdirSync(path.dirname(directory))).toEqual([]);
});
