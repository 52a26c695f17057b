// Times what users wait for. All cases take turns in one run, so that a busy machine slows every one of them: compare
// the ratios, not the seconds. `npm run bench -- --rounds 5 --json` for machines.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, json: { type: "boolean", default: false } },
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
  `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`,
);

const paved = path.join("apps", "cli", "bin", "paved.js");
const CASES = [
  { name: "node, doing nothing", args: ["-e", "0"] },
  { name: "paved --help", args: [paved, "--help"] },
  { name: "synth of the fleet, bundled", args: ["--enable-source-maps", "stacks/dist/main.js", "--output", output] },
  { name: "paved synth, bundling included", args: [paved, "synth"] },
  { name: "the AWS bindings by their root", args: ["-e", 'require("@cdktf/provider-aws")'] },
  { name: "npm start, nothing to change", args: [paved, "rehearse"], once: true },
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
const results = CASES.map(({ name }) => {
  const seconds = median(samples.get(name).map((sample) => sample.seconds));
  const mebibytes = Math.max(...samples.get(name).map((sample) => sample.mebibytes));
  return { name, seconds, ratio: seconds / base, mebibytes };
});
if (values.json) console.log(JSON.stringify({ rounds, results }, null, 2));
else {
  console.log("| what | seconds (median) | times node | peak MiB |\n| --- | ---: | ---: | ---: |");
  for (const { name, seconds, ratio, mebibytes } of results) {
    console.log(`| ${name} | ${seconds.toFixed(2)} | ${ratio.toFixed(1)} | ${mebibytes} |`);
  }
}

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
  return { seconds, mebibytes: Math.round(Number(readFileSync(peak, "utf8")) / 1024) };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
