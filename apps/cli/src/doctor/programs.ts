import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  describeRejected,
  findEngine,
  findExecutable,
  MINIMUM_TOFU,
  pinnedTofu,
  type Workspace,
} from "@paved/pipeline";
import type { CheckResult } from "./check";

const run = promisify(execFile);

/** Node: the version that the workspace asks for. */
export function checkNode(version: string): CheckResult {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  const name = "Node.js";
  if (good) return { name, status: "ok", found: version };
  return { name, status: "missing", found: version, fix: "install Node.js 20.19 or newer: https://nodejs.org" };
}

/** npm and git: on the path, with the version they report. */
export async function checkProgram(name: string, searchPath: string, fix: string): Promise<CheckResult> {
  const file = findExecutable(name, searchPath);
  if (file === undefined) return { name, status: "missing", found: "not on the PATH", fix };
  return { name, status: "ok", found: `${await firstLine(file, ["--version"])} (${file})` };
}

/** OpenTofu, and Go when OpenTofu has to be built first. */
export async function checkEngine(workspace: Workspace, searchPath: string): Promise<CheckResult[]> {
  const { engine, rejected } = await findEngine(workspace, searchPath);
  const go = await checkGo(searchPath, engine !== undefined);
  const old = rejected.map((binary): CheckResult => ({
    name: "OpenTofu on the PATH",
    status: "warning",
    found: `${describeRejected(binary)} (${binary.code})`,
    fix: `it is not used; install ${MINIMUM_TOFU} or newer, or leave it to Paved`,
  }));
  return [...old, describeEngine(workspace, engine, go), go];
}

type FoundEngine = Awaited<ReturnType<typeof findEngine>>["engine"];

function describeEngine(workspace: Workspace, engine: FoundEngine, go: CheckResult): CheckResult {
  const name = "OpenTofu";
  if (engine !== undefined) {
    const from = engine.from === "path" ? "on the PATH" : "built by Paved";
    return { name, status: "ok", found: `${engine.version}, ${from} (${engine.binary})` };
  }
  if (go.status === "ok") {
    const what = `OpenTofu ${pinnedTofu(workspace) ?? ""}`.trim();
    const fix = `nothing: the first plan builds ${what} with Go, in some minutes`;
    return { name, status: "warning", found: "none yet", fix };
  }
  const fix = "install OpenTofu (https://opentofu.org/docs/intro/install), or Go for Paved to build it";
  return { name, status: "missing", found: "none (PVD2001)", fix };
}

async function checkGo(searchPath: string, engineIsThere: boolean): Promise<CheckResult> {
  const name = "Go";
  const file = findExecutable("go", searchPath);
  if (file !== undefined) return { name, status: "ok", found: `${await firstLine(file, ["version"])} (${file})` };
  if (engineIsThere) return { name, status: "ok", found: "not on the PATH; not needed, OpenTofu is there" };
  const fix = "install Go 1.22 or newer: https://go.dev/dl";
  return { name, status: "missing", found: "not on the PATH", fix };
}

async function firstLine(file: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(file, args, { timeout: 10_000 });
    return stdout.split("\n")[0]!.trim();
  } catch {
    return "does not run";
  }
}
