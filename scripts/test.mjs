// Runs every check of every package, then prints the sum of all tests as the last line: `N passed, N failed`. With
// `--base <revision>` the address lock is held against that revision of Git as well. Tests on a real control plane run where
// what it runs is built, which takes minutes; with `--control-plane` it is built first.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const { base, "control-plane": buildControlPlane } = parseArgs({
  options: { base: { type: "string" }, "control-plane": { type: "boolean", default: false } },
}).values;
const counts = [
  "modules",
  "golden-paths",
  "stacks",
  "environments",
  "test",
  ...folders("packages"),
  ...folders("apps"),
].flatMap((folder) =>
  [folder, path.join(folder, "real")].map((each) => path.join(root, each, "coverage", "counts.json")),
);
for (const file of counts) rmSync(file, { force: true });

const paved = path.join("apps", "cli", "bin", "paved.js");
const setUp = run(process.execPath, [paved, "setup"]);
const checks =
  setUp === 0
    ? run(process.execPath, [
        turbo(),
        "run",
        "format",
        "lint",
        "typecheck",
        "build",
        "test",
        "--continue",
        // Two packages a core: more of them at once only make each other wait.
        `--concurrency=${Math.max(2, 2 * availableParallelism())}`,
        "--output-logs=new-only",
      ])
    : 1;

const real = setUp === 0 ? onControlPlane() : 0;

const held =
  base === undefined || setUp !== 0 ? 0 : run(process.execPath, [paved, "check", "--base", base, "--today", day()]);

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const file of counts.filter((file) => existsSync(file))) {
  const one = JSON.parse(readFileSync(file, "utf8"));
  for (const key of Object.keys(sum)) sum[key] += one[key];
}
// A check that is no test (types, lint, format) has no count of its own; a run it stops must not read as green.
if ((checks !== 0 || real !== 0) && sum.failed === 0) sum.failed = 1;
if (held !== 0) sum.failed += 1;
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ""}`);
process.exitCode = checks === 0 && real === 0 && held === 0 && sum.failed === 0 && sum.passed > 0 ? 0 : 1;

/** Last and alone: a control plane and all other tests at once are too much for a small machine. */
function onControlPlane() {
  const check = buildControlPlane ? [] : ["--check"];
  const builds = ["argo-cd", "flux"].map((what) =>
    run(process.execPath, [paved, "setup", "--delivery", what, ...check]),
  );
  const built = Math.max(...builds);
  if (built !== 0) {
    if (!buildControlPlane) console.log("tests on a real control plane were left out: npm test -- --control-plane");
    return buildControlPlane ? built : 0;
  }
  const oneByOne = ["--continue", "--concurrency=1", "--output-logs=new-only"];
  return run(process.execPath, [turbo(), "run", "test:control-plane", ...oneByOne]);
}

/** The day of the commit: what the calendar says meanwhile changes nothing of it. */
function day() {
  const { stdout } = spawnSync("git", ["log", "-1", "--format=%cs"], { cwd: root, encoding: "utf8" });
  return stdout.trim();
}

function run(command, args) {
  return (
    spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" } })
      .status ?? 1
  );
}

function turbo() {
  return createRequire(import.meta.url).resolve("turbo/bin/turbo");
}

function folders(parent) {
  return readdirSync(path.join(root, parent)).map((name) => path.join(parent, name));
}
