// Checks one workspace as `paved check` does, again for each line of standard input, in a process that stays: packages of
// others and the command are loaded once, and only our own sources are bundled and run anew. Prints the findings as a line
// of JSON, or `null` where only the command itself can say what is wrong.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const { pathToFileURL } = require("node:url");

const [workspace, command, day] = process.argv.slice(2);
const build = pathToFileURL(path.join(workspace, "stacks", "build.mjs")).href;
const dist = path.join(workspace, "stacks", "dist");
const bundle = path.join(dist, "main.js");
const words = ["-C", workspace, "check", "--no-synth", "--json", "--today", day];
const { main } = require(command);

const answer = process.stdout.write.bind(process.stdout);
let printed = { out: "", err: "" };
process.stdout.write = (text) => void (printed.out += text);
process.stderr.write = (text) => void (printed.err += text);

let builds = 0;
/** Packages that were loaded first: where others are asked for, the command loads them, and a new process the next time. */
let shared;

async function check() {
  printed = { out: "", err: "" };
  process.exitCode = 0;
  process.argv.splice(2, Infinity, "--output", path.join(workspace, "cdktf.out"));
  await import(`${build}?${(builds += 1)}`);
  if (process.exitCode !== 0) return null;
  const packages = fs.readdirSync(dist).find((name) => name.startsWith("packages-"));
  shared ??= load(packages);
  if (shared.packages !== packages) process.exit();
  shared.reset();
  delete require.cache[bundle];
  module.children.length = 0;
  try {
    require(bundle);
  } catch {
    return null;
  }
  // A turn later: what a promise came to that a service file did not wait for ends this process.
  await new Promise((resolve) => setImmediate(resolve));
  if (process.exitCode !== 0) return findingsIn(printed.err);
  await main(words);
  return JSON.parse(printed.out).errors;
}

/** What synth leaves in packages is undone before the next: methods of the tree that it watches, and cdktf's tokens. */
function load(packages) {
  const table = require(path.join(dist, packages));
  for (const name of Object.keys(table)) table[name]();
  const [constructs] = Object.keys(table).filter((name) => name.endsWith(":constructs"));
  const tree = table[constructs]().Node.prototype;
  const methods = Object.getOwnPropertyDescriptors(tree);
  const reset = () => {
    Object.defineProperties(tree, methods);
    const tokens = globalThis.__cdktfTokenMap;
    tokens.stringTokenMap.clear();
    tokens.numberTokenMap.clear();
    tokens.tokenCounter = 0;
  };
  return { packages, reset };
}

/** The findings of a synth that refuses, which prints one a line. */
function findingsIn(text) {
  const found = text.split("\n").flatMap((got) => (/^PVD\d{4} /.test(got) ? [{ code: got.slice(0, 7), got }] : []));
  return found.length === 0 ? null : found;
}

readline.createInterface({ input: process.stdin }).on("line", async () => answer(`${JSON.stringify(await check())}\n`));
process.stdin.on("end", () => process.exit());
