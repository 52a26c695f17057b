import { spawn } from "node:child_process";

/** How a program ended. */
export interface ProcessEnd {
  /** The exit code, or the signal that killed it. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** What {@link runProcess} starts, and with what. */
export interface ProcessCall {
  readonly program: string;
  readonly arguments: readonly string[];
  /** Working directory. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Text for its standard input. @default - none */
  readonly input?: string;
  /** Called with every line of its standard output, as it comes. @default - the output is only collected */
  readonly onLine?: (line: string) => void;
  /** Stops it. @default - nothing does */
  readonly signal?: AbortSignal;
}

/**
 * Runs a program to its end; it is stopped when this process exits.
 * @throws the error of the system when the program cannot be started, and the reason of the signal once it has ended by it
 */
export async function runProcess(call: ProcessCall): Promise<ProcessEnd> {
  const { program, directory, environment, signal } = call;
  signal?.throwIfAborted();
  const child = spawn(program, call.arguments, { cwd: directory, env: environment, stdio: "pipe" });
  const stop = (): void => void child.kill("SIGTERM");
  process.once("exit", stop);
  signal?.addEventListener("abort", stop, { once: true });
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout.push(text);
    for (const line of text.split("\n")) if (line !== "") call.onLine?.(line);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => stderr.push(text));
  // A program that ends before it has read all of its input says why by its exit code.
  child.stdin.on("error", () => {});
  child.stdin.end(call.input ?? "");
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit, signal) => resolve(exit ?? signal ?? "unknown"));
    });
    // One that ended well before it heard of it has done what it was asked to.
    if (code !== 0) signal?.throwIfAborted();
    return { code, stdout: stdout.join(""), stderr: stderr.join("") };
  } finally {
    process.off("exit", stop);
    signal?.removeEventListener("abort", stop);
  }
}

/** The end of what a program said, on one line, for a finding. */
export function lastWords({ stdout, stderr }: ProcessEnd): string {
  const lines = (stderr.trim() === "" ? stdout : stderr).trim().split("\n").slice(-4);
  return lines.map((line) => line.trim()).join(" | ");
}
