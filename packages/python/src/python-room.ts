import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { alone } from "@paved/machine";
import type { PavedError } from "@paved/model";
import { lastWords, type ProcessEnd, runProcess } from "./run-process";

/** Which Python packages are wanted, and where. */
export interface PythonRoomOptions {
  /** What they are, for whoever waits, for example `the judges (checkov, kubernetes-validate)`. */
  readonly what: string;
  /** Folder they are installed into, created when it is not there. */
  readonly home: string;
  /** File with their exact versions, by hash. */
  readonly requirements: string;
  /** Where programs are looked for. */
  readonly searchPath: string;
  /** Told what goes on while they are installed. */
  readonly progress: (line: string) => void;
  /** The error to throw when they cannot be had. */
  readonly refuse: (where: string, got: string, want: string, fix: string) => PavedError;
}

/** Pinned Python packages, installed. */
export interface PythonRoom {
  /** Absolute path of the interpreter of their virtual environment. */
  readonly python: string;
  /** Pinned versions by package, as in the requirements. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * The virtual environment with the pinned packages, built on first use and again whenever the pins change. Several
 * processes may ask at once: one builds, the others wait. It appears whole or not at all.
 * @throws PavedError of `refuse` when there is no Python 3 or the packages cannot be had
 */
export async function pythonRoom(options: PythonRoomOptions): Promise<PythonRoom> {
  const { home, what, progress } = options;
  const pins = readFileSync(options.requirements, "utf8");
  const fingerprint = createHash("sha256").update(pins).digest("hex").slice(0, 12);
  const folder = path.join(home, `python-${fingerprint}`);
  const room = { python: path.join(folder, "bin", "python"), versions: versionsIn(pins) };
  mkdirSync(path.join(home, "home"), { recursive: true });
  if (!existsSync(folder)) {
    await alone(
      path.join(home, "python.lock"),
      (holder) => progress(`waiting: ${holder} is installing ${what}`),
      async () => {
        if (!existsSync(folder)) await build(options, folder);
      },
    );
  }
  return room;
}

function versionsIn(pins: string): Record<string, string> {
  return Object.fromEntries([...pins.matchAll(/^([\w.-]+)==(\S+)/gm)].map(([, name, version]) => [name, version]));
}

async function build(options: PythonRoomOptions, folder: string): Promise<void> {
  // Its programs are started as modules of its interpreter, so that it can be built here and moved.
  const fresh = `${folder}.tmp`;
  rmSync(fresh, { recursive: true, force: true });
  options.progress(`installing ${options.what}, once`);
  try {
    await step(options, "python3", ["-m", "venv", fresh], "install Python 3.11 or newer with its venv module");
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
    await step(options, python, [...pip, "-r", options.requirements], reach);
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  options.progress(`installed ${options.what}`);
}

async function step(options: PythonRoomOptions, program: string, args: readonly string[], fix: string): Promise<void> {
  const want = `${options.what}, installed`;
  let end: ProcessEnd;
  try {
    end = await runProcess({
      program,
      arguments: args,
      directory: options.home,
      // The user's own settings say where packages come from.
      environment: { ...process.env, PATH: options.searchPath },
      onLine: collected(options),
    });
  } catch {
    throw options.refuse("PATH", `no ${path.basename(program)}`, want, fix);
  }
  if (end.code === 0) return;
  const got = `${path.basename(program)} ${args.slice(0, 3).join(" ")} ended with ${end.code}: ${lastWords(end)}`;
  throw options.refuse(path.basename(options.requirements), got, want, fix);
}

const REPORT_EVERY = 20;

/** Turns the lines of pip into a line of progress every so many packages. */
function collected({ progress }: PythonRoomOptions): (line: string) => void {
  let packages = 0;
  return (line) => {
    if (line.startsWith("Collecting ") && ++packages % REPORT_EVERY === 0) {
      progress(`${packages} packages so far`);
    }
    if (line.startsWith("Installing collected packages")) progress("unpacking");
  };
}
