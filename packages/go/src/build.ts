import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { isHeld, isRunning, type LockHolder, takeLock } from "@paved/machine";
import type { PavedError } from "@paved/model";
import { BuildReport } from "./build-report";
import { layOutFiles, patchedModule } from "./module-source";
import { runGo } from "./run-go";
import { binaryOf, isCurrent, type PinnedModule, pinnedVersion, type Program, writeStamp } from "./pinned-module";

/** How programs are built. */
export interface BuildOptions {
  /** The Go to build with. */
  readonly go: string;
  /** Told what goes on, a line every few seconds. */
  readonly progress: (line: string) => void;
  /** The error to throw when they cannot be built; `got` has Go's own words, and `fix` what to do where it is not Go's fault. */
  readonly refuse: (got: string, fix?: string) => PavedError;
  /** Stops it, also while it waits for another build; no binary of it is there then. @default - nothing does */
  readonly signal?: AbortSignal;
}

const REPORT_EVERY_MS = 5_000;

/** Packages that are in no cache; should Go word its reason otherwise one day, all are counted and the estimate is too high. */
const TO_COMPILE = `{{if and .Stale (ne .StaleReason "not installed but available in build cache")}}{{.ImportPath}}{{end}}`;

/**
 * Builds those of a module's programs whose binary is not there yet, in one `go build`. Waits for a build that already
 * runs. A binary appears whole or not at all; what Go compiled before it was stopped is not compiled again.
 * @param wanted which of its programs
 * @throws PavedError of `refuse`, also when a patch does not fit, and the reason of the signal
 */
export async function buildPrograms(
  module: PinnedModule,
  wanted: readonly Program[],
  options: BuildOptions,
): Promise<void> {
  const lock = await waitForLock(module, options);
  const output = path.join(module.binaries, `${module.name}.${process.pid}.tmp`);
  const removeOutput = (): void => rmSync(output, { recursive: true, force: true });
  process.once("exit", removeOutput);
  try {
    const missing = wanted.filter((program) => !isCurrent(module, program));
    if (missing.length === 0) return;
    removeLeftovers(module);
    mkdirSync(output, { recursive: true });
    options.progress(`building ${module.title} ${pinnedVersion(module) ?? ""} with Go, once; this takes some minutes`);
    await compile(module, missing, output, options);
    layOutFiles(module, output);
    for (const program of missing) {
      renameSync(path.join(output, nameFromGo(program)), binaryOf(module, program));
      writeStamp(module, program);
    }
  } finally {
    removeOutput();
    process.off("exit", removeOutput);
    lock.release();
  }
}

async function waitForLock({ binaries, name, title }: PinnedModule, { progress, signal }: BuildOptions) {
  let told = false;
  for (;;) {
    signal?.throwIfAborted();
    const lock = takeLock(path.join(binaries, `${name}.lock`), `build ${title}`);
    if (isHeld(lock)) return lock;
    if (!told) progress(waitingFor(lock, title));
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function waitingFor(holder: LockHolder, title: string): string {
  return `waiting: process ${holder.pid} of ${holder.user} is building ${title} since ${holder.since}`;
}

/** Removes what builds that were killed have left. */
function removeLeftovers({ binaries, name }: PinnedModule): void {
  for (const file of readdirSync(binaries)) {
    const [, of, pid] = /^([\w-]+)\.(\d+)\.tmp$/.exec(file) ?? [];
    if (of === name && !isRunning(Number(pid))) rmSync(path.join(binaries, file), { recursive: true, force: true });
  }
}

async function compile(module: PinnedModule, programs: readonly Program[], output: string, options: BuildOptions) {
  const report = new BuildReport(module.title, options.progress);
  const packages = programs.map((program) => program.package);
  const timer = setInterval(() => report.tell(), REPORT_EVERY_MS);
  const run = (...args: readonly string[]): Promise<string> => runGo(module, args, report, options);
  try {
    const source = await patchedModule(module, { output, run, refuse: options.refuse });
    const flags = [...source, "-trimpath", "-ldflags", linkerFlags(module)];
    const listed = await run("list", "-deps", "-f", TO_COMPILE, ...flags, ...packages);
    report.expect(listed.split("\n").filter((line) => line !== "").length);
    await run("build", "-v", ...flags, "-o", `${output}${path.sep}`, ...packages);
    report.tell();
  } finally {
    clearInterval(timer);
  }
}

function linkerFlags(module: PinnedModule): string {
  const variables = Object.entries(module.variables?.(pinnedVersion(module) ?? "") ?? {});
  return ["-s", "-w", ...variables.map(([name, value]) => `-X ${name}=${value}`)].join(" ");
}

/** Go calls a binary by the last word of its package that is no major version. */
function nameFromGo(program: Program): string {
  return program.package.split("/").findLast((word) => !/^v\d+$/.test(word))!;
}
