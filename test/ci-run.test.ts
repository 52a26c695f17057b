import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** `.ci/run` as it is, with everything that it calls replaced by what writes down how it was called. */
const root = path.join(__dirname, "..");
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "paved-ci-"));
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
  fs.writeFileSync(path.join(directory, file), text);
};

beforeAll(() => {
  for (const file of [".ci/run", "scripts/test.mjs"]) {
    fs.mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    fs.copyFileSync(path.join(root, file), path.join(directory, file));
  }
  fs.chmodSync(path.join(directory, ".ci/run"), 0o755);
  write("scripts/install.mjs", "");
  write("package.json", '{ "name": "ci", "scripts": { "test": "node scripts/test.mjs" } }');
  write("packages/none/package.json", "{}");
  write(
    "apps/cli/bin/paved.js",
    `const words = process.argv.slice(2);
     require("fs").appendFileSync("calls", words.join(" ") + "\\n");
     const fails = words[0] === "check" && process.env[words.includes("--base") ? "BASE_FAILS" : "TODAY_FAILS"];
     const unbuilt = words.includes("--delivery") && process.env.NOT_BUILT;
     process.exit(fails || unbuilt ? 1 : 0);`,
  );
  write("node_modules/turbo/package.json", '{ "name": "turbo", "version": "1.0.0" }');
  write(
    "node_modules/turbo/bin/turbo",
    `const fs = require("fs");
     const real = process.argv.includes("test:control-plane");
     const folder = real ? "packages/none/real/coverage" : "modules/coverage";
     fs.mkdirSync(folder, { recursive: true });
     fs.writeFileSync(folder + "/counts.json", JSON.stringify({ passed: real ? 2 : 3, failed: 0, skipped: 0 }));`,
  );
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...words], {
      cwd: directory,
      env: { ...process.env, GIT_COMMITTER_DATE: "2026-03-04T12:00:00Z" },
    });
  git("init", "-q");
  git("add", ".ci");
  git("commit", "-qm", "as it is");
});

/** Runs it, and says how it ended, with its last line, and with the calls of `paved check` and `paved setup`. */
function run(environment: Readonly<Record<string, string>>, command = [path.join(directory, ".ci/run")]) {
  fs.rmSync(path.join(directory, "calls"), { force: true });
  const { CI_BASE: _base, ...own } = process.env;
  const { status, stdout } = spawnSync(command[0]!, command.slice(1), {
    cwd: directory,
    encoding: "utf8",
    env: { ...own, ...environment },
  });
  const calls = fs.readFileSync(path.join(directory, "calls"), "utf8").trim().split("\n");
  return {
    code: status,
    out: stdout,
    last: stdout.trimEnd().split("\n").at(-1),
    checks: calls.filter((call) => call.startsWith("check")),
    setUps: calls.filter((call) => call.startsWith("setup")),
  };
}

test("without a base the lock is held against none, and the last line is the count", () => {
  const { code, last, checks } = run({});
  expect({ code, last, checks }).toEqual({
    code: 0,
    last: "5 passed, 0 failed",
    checks: [expect.stringMatching(/^check --today \d{4}-\d{2}-\d{2}$/)],
  });
});

test("what has expired by today is told of, and fails nothing", () => {
  const { code, out, last } = run({ TODAY_FAILS: "1" });
  expect({ code, last }).toEqual({ code: 0, last: "5 passed, 0 failed" });
  expect(out).toMatch(/^warning: as of today paved check fails/m);
});

test("with CI_BASE the lock is held against it, by the day of the commit", () => {
  const { code, last, checks } = run({ CI_BASE: "origin/main" });
  expect({ code, last }).toEqual({ code: 0, last: "5 passed, 0 failed" });
  expect(checks[1]).toBe("check --base origin/main --today 2026-03-04");
});

test("what vanished since the base fails the run, and its last line says so", () => {
  const { code, last } = run({ CI_BASE: "origin/main", BASE_FAILS: "1" });
  expect({ code, last }).toEqual({ code: 1, last: "5 passed, 1 failed" });
});

test("what control planes run is built, and the tests on a real one count", () => {
  expect(run({}).setUps).toEqual(["setup", "setup --delivery argo-cd", "setup --delivery flux"]);
  const { code, last } = run({ NOT_BUILT: "1" });
  expect({ code, last }).toEqual({ code: 1, last: "3 passed, 1 failed" });
});

test("npm test alone builds none of it: what needs it is left out, which is said", () => {
  const npmTest = ["npm", "test", "--silent"];
  expect(run({}, npmTest)).toMatchObject({ code: 0, last: "5 passed, 0 failed" });
  const { code, out, last, setUps } = run({ NOT_BUILT: "1" }, npmTest);
  expect({ code, last, setUps }).toEqual({
    code: 0,
    last: "3 passed, 0 failed",
    setUps: ["setup", "setup --delivery argo-cd --check", "setup --delivery flux --check"],
  });
  expect(out).toMatch(/^tests on a real control plane were left out: npm test -- --control-plane$/m);
});
