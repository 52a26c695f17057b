// What docs/benchmarks.md says of a run of the benchmarks: all of it counted or measured, nothing typed.
import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const BEGIN = "<!-- written by npm run bench -- --write -->";
const END = "<!-- end of what is written -->";

/** On what it was measured: the machine, how busy it was, and the fleet as the last synth wrote it. */
export function measuredWith(root) {
  const { stacks, environments } = JSON.parse(readFileSync(path.join(root, "cdktf.out", "paved.json"), "utf8"));
  const resources = stacks.flatMap(({ elements }) => Object.keys(elements)).filter((each) => !each.startsWith("data."));
  const day = new Date().toISOString().slice(0, 10);
  const [load] = os.loadavg();
  return (
    `Measured on ${day} with Node ${process.versions.node} on ${os.cpus().length} cores, at a load of ${load.toFixed(1)}: ` +
    `${stacks.length} stacks with ${resources.length} resources in ${environments.length} environments.`
  );
}

/** A row a case. */
export function table(results) {
  const rows = results.map(
    ({ name, seconds, ratio, processor, mebibytes, wanted }) =>
      `| ${name} | ${seconds.toFixed(2)} | ${ratio.toFixed(1)} | ${processor.toFixed(2)} | ${mebibytes} | ${wanted} |`,
  );
  const head = "| what | seconds (median) | times node | of them computing | peak MiB | wanted |";
  return [head, "| --- | ---: | ---: | ---: | ---: | --- |", ...rows].join("\n");
}

/** Writes the part of docs/benchmarks.md that a run gives, and returns the file. */
export function writeBenchmarks(root, results) {
  const file = path.join("docs", "benchmarks.md");
  const text = readFileSync(path.join(root, file), "utf8");
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`${file} lacks ${BEGIN} or ${END}: restore it from Git`);
  const part = `${BEGIN}\n\n${measuredWith(root)}\n\n${table(results)}\n\n`;
  writeFileSync(path.join(root, file), text.slice(0, begin) + part + text.slice(end));
  return file;
}
