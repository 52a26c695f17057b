import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { type Bench, cannotJudge } from "../bench";
import { lastWords, type ProcessEnd, runProcess } from "../run-process";
import { alone } from "./install-lock";

/** The pinned Python judges, installed: checkov, kubernetes-validate and zizmor. */
export interface PythonRoom {
  /** Absolute path of the interpreter of their virtual environment. */
  readonly python: string;
  /** Pinned versions by package, as in the requirements. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * The virtual environment with the pinned Python judges, built on first use (one to two minutes) and again whenever
 * the pins change. Several processes may ask at once: one builds, the others wait. It appears whole or not at all.
 * @throws PavedError PVD2014 when there is no Python 3 or the packages cannot be had
 */
export async function pythonRoom(bench: Bench): Promise<PythonRoom> {
  const pins = readFileSync(bench.requirements, "utf8");
  const fingerprint = createHash("sha256").update(pins).digest("hex").slice(0, 12);
  const folder = path.join(bench.home, `python-${fingerprint}`);
  const room = { python: path.join(folder, "bin", "python"), versions: versionsIn(pins) };
  mkdirSync(path.join(bench.home, "home"), { recursive: true });
  if (!existsSync(folder)) {
    await alone(path.join(bench.home, "python.lock"), bench.progress, async () => {
      if (!existsSync(folder)) await build(bench, folder);
    });
  }
  return room;
}

function versionsIn(pins: string): Record<string, string> {
  return Object.fromEntries([...pins.matchAll(/^([\w.-]+)==(\S+)/gm)].map(([, name, version]) => [name, version]));
}

async function build(bench: Bench, folder: string): Promise<void> {
  // Its programs are started as modules of its interpreter, so that it can be built here and moved.
  const fresh = `${folder}.tmp`;
  rmSync(fresh, { recursive: true, force: true });
  bench.progress("installing the judges (checkov, kubernetes-validate, zizmor), once; this takes a minute or two");
  try {
    await step(bench, "python3", ["-m", "venv", fresh], "install Python 3.11 or newer with its venv module");
    const pip = [
      "-m",
      "pip",
      "install",
      "--no-input",
      "--require-hashes",
      "--disable-pip-version-check",
      "--progress-bar=off",
    ];
    const python = path.join(fresh, "bin", "python");
    const reach = "let pip reach its package index (PIP_INDEX_URL), then run the command again";
    await step(bench, python, [...pip, "-r", bench.requirements], reach);
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  bench.progress("the judges are installed");
}

async function step(bench: Bench, program: string, args: readonly string[], fix: string): Promise<void> {
  const want = "the Python judges, installed";
  let end: ProcessEnd;
  try {
    end = await runProcess({
      program,
      arguments: args,
      directory: bench.home,
      environment: bench.installing,
      onLine: collected(bench),
    });
  } catch {
    throw cannotJudge("PATH", `no ${path.basename(program)}`, want, fix);
  }
  if (end.code === 0) return;
  const got = `${path.basename(program)} ${args.slice(0, 3).join(" ")} ended with ${end.code}: ${lastWords(end)}`;
  throw cannotJudge(path.basename(bench.requirements), got, want, fix);
}

const REPORT_EVERY = 20;

/** Turns the lines of pip into a line of progress every so many packages. */
function collected(bench: Bench): (line: string) => void {
  let packages = 0;
  return (line) => {
    if (line.startsWith("Collecting ") && ++packages % REPORT_EVERY === 0) {
      bench.progress(`judges: ${packages} packages so far`);
    }
    if (line.startsWith("Installing collected packages")) bench.progress("judges: unpacking");
  };
}
