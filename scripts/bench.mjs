// Times what users wait for. All cases take turns in one run, so that a busy machine slows every one of them: compare
// the ratios, not the seconds. `npm run bench -- --rounds 5 --json` for machines, `-- --write` for docs/benchmarks.md.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measuredWith, table, writeBenchmarks } from "./bench-page.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error("--rounds takes a whole number from 1");
  process.exit(2);
}

const directory = mkdtempSync(path.join(tmpdir(), "paved-bench-"));
process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
const output = path.join(directory, "cdktf.out");
const peak = path.join(directory, "peak");
const probe = path.join(directory, "probe.cjs");
// The last process that ends is the one that was started, so it is its memory that stays in the file.
writeFileSync(
  probe,
  `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(peak)}, JSON.stringify(process.resourceUsage())));`,
);

const paved = path.join("apps", "cli", "bin", "paved.js");
const CASES = [
  { name: "node, doing nothing", args: ["-e", "0"] },
  { name: "paved --help", args: [paved, "--help"], wanted: "0.2 s" },
  {
    name: "synth of the fleet, bundled",
    args: ["--enable-source-maps", "stacks/dist/main.js", "--output", output],
    wanted: "2 s, 256 MiB",
  },
  { name: "paved synth, bundling included", args: [paved, "synth"] },
  { name: "the AWS bindings by their root", args: ["-e", 'require("@cdktf/provider-aws")'], wanted: "never imported" },
  { name: "npm start, nothing to change", args: [paved, "rehearse"], wanted: "90 s", once: true },
];

run({ name: "warm-up", args: [paved, "rehearse"] });
const samples = new Map(CASES.map(({ name }) => [name, []]));
for (let round = 0; round < rounds; round += 1) {
  for (const one of CASES) {
    if (one.once && round > 0) continue;
    if (!values.json) process.stderr.write(`round ${round + 1}/${rounds}: ${one.name}\n`);
    samples.get(one.name).push(run(one));
  }
}

const base = median(samples.get(CASES[0].name).map(({ seconds }) => seconds));
const results = CASES.map(({ name, wanted = "" }) => {
  const seconds = median(samples.get(name).map((sample) => sample.seconds));
  const processor = median(samples.get(name).map((sample) => sample.processor));
  const mebibytes = Math.max(...samples.get(name).map((sample) => sample.mebibytes));
  return { name, seconds, ratio: seconds / base, processor, mebibytes, wanted };
});
if (values.json) console.log(JSON.stringify({ rounds, results }, null, 2));
else console.log(`${measuredWith(root)}\n\n${table(results)}`);
if (values.write) console.error(`wrote ${writeBenchmarks(root, results)}`);

function run({ name, args }) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--require", probe, ...args], {
    cwd: root,
    encoding: "utf8",
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) {
    console.error(`${name} ended with ${status}\n${stderr}`);
    process.exit(1);
  }
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(peak, "utf8"));
  return { seconds, processor: (userCPUTime + systemCPUTime) / 1e6, mebibytes: Math.round(maxRSS / 1024) };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
