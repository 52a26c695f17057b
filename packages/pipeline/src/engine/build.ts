import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { PavedError } from "@paved/model";
import { builtBinary, isCurrent, pinnedVersion, writeStamp } from "./stamp";
import { isHeld, type LockHolder, takeLock } from "../lock/run-lock";
import { isRunning } from "../lock/process-identity";
import type { Workspace } from "../workspace/workspace";
import { exitOf } from "../process/exit-of";

/** Receives one line whenever there is something to tell. */
export type Progress = (line: string) => void;

const REPORT_EVERY_MS = 5_000;

/**
 * Builds OpenTofu with Go into `.paved/bin`, unless another process just did. Waits for a build that already runs.
 * The binary appears whole or not at all.
 * @throws PavedError PVD2001 when Go cannot build it
 */
export async function buildEngine(workspace: Workspace, go: string, progress: Progress): Promise<void> {
  const lock = await waitForLock(path.join(workspace.binaries, "tofu.lock"), progress);
  const temporary = `${builtBinary(workspace)}.${process.pid}.tmp`;
  const removeTemporary = (): void => rmSync(temporary, { force: true });
  process.once("exit", removeTemporary);
  try {
    if (isCurrent(workspace)) return;
    removeLeftovers(workspace);
    mkdirSync(workspace.binaries, { recursive: true });
    progress(`building OpenTofu ${pinnedVersion(workspace) ?? ""} with Go, once; this takes some minutes`);
    await goBuild(workspace, go, temporary, progress);
    renameSync(temporary, builtBinary(workspace));
    writeStamp(workspace);
  } finally {
    removeTemporary();
    process.off("exit", removeTemporary);
    lock.release();
  }
}

async function waitForLock(file: string, progress: Progress): Promise<{ release(): void }> {
  let told = false;
  for (;;) {
    const lock = takeLock(file, "build OpenTofu");
    if (isHeld(lock)) return lock;
    if (!told) progress(waitingFor(lock));
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function waitingFor(holder: LockHolder): string {
  return `waiting: process ${holder.pid} of ${holder.user} is building OpenTofu since ${holder.since}`;
}

/** Removes what builds that were killed have left. */
function removeLeftovers(workspace: Workspace): void {
  for (const name of readdirSync(workspace.binaries)) {
    const pid = /^tofu\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(path.join(workspace.binaries, name), { force: true });
  }
}

async function goBuild(workspace: Workspace, go: string, output: string, progress: Progress): Promise<void> {
  const flags = ["-v", "-trimpath", "-ldflags", "-s -w -X github.com/opentofu/opentofu/version.dev=no"];
  const child = spawn(go, ["build", ...flags, "-o", output, "github.com/opentofu/opentofu/cmd/tofu"], {
    cwd: workspace.engineModule,
    env: { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = (): void => void child.kill("SIGTERM");
  process.once("exit", stop);
  const report = new BuildReport(progress);
  const lines = createInterface({ input: child.stderr });
  lines.on("line", (line) => report.read(line));
  const timer = setInterval(() => report.tell(), REPORT_EVERY_MS);
  try {
    const code = await exitOf(child);
    if (code !== 0) throw cannotBuild(code, report.tail);
    report.tell();
  } finally {
    clearInterval(timer);
    process.off("exit", stop);
  }
}

function cannotBuild(code: number | string, tail: readonly string[]): PavedError {
  return new PavedError({
    code: "PVD2001",
    where: "engine/go.mod",
    got: `go build ended with ${code}: ${tail.join(" | ")}`,
    want: "an OpenTofu binary",
    fix: "let Go reach its module proxy (GOPROXY), or install OpenTofu 1.11 or newer as tofu on the PATH",
  });
}

/** Turns the lines of `go build -v` into a line of progress every few seconds. */
export class BuildReport {
  readonly tail: string[] = [];
  private modules = 0;
  private packages = 0;
  private readonly started = Date.now();

  constructor(private readonly progress: Progress) {}

  read(line: string): void {
    if (line.startsWith("go: downloading ")) this.modules += 1;
    else if (/^[\w./~-]+$/.test(line)) this.packages += 1;
    else this.tail.push(line);
    if (this.tail.length > 8) this.tail.shift();
  }

  tell(): void {
    const seconds = Math.round((Date.now() - this.started) / 1000);
    const doing =
      this.packages > 0 ? `compiling, ${this.packages} packages so far` : `downloading, ${this.modules} modules so far`;
    this.progress(`OpenTofu: ${doing}, ${seconds} s`);
  }
}
