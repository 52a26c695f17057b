import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { exitOf, startOf } from "@paved/machine";
import type { Interruption } from "./interruption";

/** One call of OpenTofu. */
export interface TofuCall {
  readonly binary: string;
  readonly arguments: readonly string[];
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Noted here while it runs, so that a later run can tell that it still does. @default - not noted */
  readonly pidFile?: string;
  /** Text for its standard input. @default - none */
  readonly stdin?: string;
  readonly interruption: Interruption;
  /** Called with every line of its output. @default - the lines are only collected */
  readonly onLine?: (line: string) => void;
}

/** How a call ended. */
export interface TofuEnd {
  /** The exit code, or the signal that killed it. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs OpenTofu in a process group of its own and waits until it has ended. */
export async function runTofu(call: TofuCall): Promise<TofuEnd> {
  const child = spawn(call.binary, call.arguments, {
    cwd: call.directory,
    env: call.environment,
    detached: true,
    stdio: "pipe",
  });
  // An engine that ends before it has read everything says why by its exit code.
  child.stdin.on("error", () => {}).end(call.stdin ?? "");
  const uncover = call.interruption.cover(child);
  const forget = notePid(call.pidFile, child.pid);
  const lines: string[] = [];
  const stderr: Buffer[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    call.onLine?.(line);
  });
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  try {
    const code = await exitOf(child);
    return { code, stdout: lines.join("\n"), stderr: Buffer.concat(stderr).toString() };
  } finally {
    uncover();
    forget();
  }
}

function notePid(file: string | undefined, pid: number | undefined): () => void {
  if (file === undefined || pid === undefined) return () => {};
  writeFileSync(file, JSON.stringify({ pid, start: startOf(pid) }));
  return () => rmSync(file, { force: true });
}
