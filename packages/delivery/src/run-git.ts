import { type ChildProcess, spawn } from "node:child_process";
import { exitOf } from "@paved/machine";
import { PavedError } from "@paved/model";

/** How Git is called. */
export interface GitCall {
  readonly directory: string;
  /** @default - that of this process */
  readonly environment?: NodeJS.ProcessEnv;
  /** Text for its standard input. @default - none */
  readonly input?: string;
  /** Stops it. @default - nothing does */
  readonly signal?: AbortSignal;
}

/** That Git did not do what it was called for, in its own words. */
export class GitFailure extends Error {
  override readonly name = "GitFailure";
}

/** How long Git may take to take away what it has begun, before it is ended without that. */
const GRACE_MS = 1000;

/**
 * What Git prints.
 * @throws GitFailure when it fails, or is not there
 * @throws PavedError PVD2006 when it was stopped, once it has ended
 */
export async function runGit(words: readonly string[], call: GitCall): Promise<string> {
  const { directory: cwd, environment: env, input = "", signal } = call;
  refuseStopped(signal);
  const child = spawn("git", words, { cwd, env: env ?? process.env, stdio: "pipe" });
  const stop = stopping(child);
  signal?.addEventListener("abort", stop, { once: true });
  const [out, err] = [collected(child.stdout), collected(child.stderr)];
  // It may end before it has read everything, and then says why.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const exit = await exitOf(child).catch(() => "no git");
  signal?.removeEventListener("abort", stop);
  refuseStopped(signal);
  if (exit === 0) return out();
  throw new GitFailure(`${err()}\n${out()}`.trim() || String(exit));
}

/** Git takes away what it began when it is told to end. */
function stopping(child: ChildProcess): () => void {
  return () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      // Whatever it started may hold these for as long as it runs.
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, GRACE_MS);
    child.once("close", () => clearTimeout(timer));
  };
}

function collected(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}

function refuseStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new PavedError({
    code: "PVD2006",
    where: "delivery",
    got: "interrupted",
    want: "a delivery to its end",
    fix: "run the same command again: what was delivered already is not delivered twice",
  });
}
