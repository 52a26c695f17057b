import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { exitOf } from "@paved/machine";
import { PavedError, type SynthAnswer, type SynthMessage } from "@paved/model";
import { Workspace } from "../workspace/workspace";
import { crash } from "./crash";
import { synthEnvironment } from "./run-node";

/**
 * Runs synth in a process of its own, reads what that very process wrote, and lets it publish it. What service files print
 * goes to standard error.
 * @param read is given the workspace with the output that nobody else sees yet
 * @throws PavedError what synth found, or PVD2008 when it ended before it had written all
 */
export async function runSynth<T>(workspace: Workspace, bundle: string, read: (written: Workspace) => T): Promise<T> {
  const { root } = workspace;
  const words = [path.relative(root, bundle), "--output", path.relative(root, workspace.output)];
  const child = spawn(process.execPath, ["--enable-source-maps", ...words], {
    cwd: root,
    env: synthEnvironment(process.env),
    // Synth ends when its standard input does, which is when this process does.
    stdio: ["pipe", "pipe", "pipe", "ipc"],
  });
  let result: { readonly value: T } | undefined;
  let failure: unknown;
  child.on("message", (message: SynthMessage) => {
    if ("errors" in message) {
      failure ??= new PavedError(message.errors);
      return;
    }
    let answer: SynthAnswer = "publish";
    try {
      result = { value: read(new Workspace(root, path.resolve(root, message.written))) };
    } catch (error) {
      failure ??= error;
      answer = "discard";
    }
    child.send(answer);
  });
  const { code, stderr } = await ended(child);
  if (failure !== undefined) throw failure;
  if (code !== 0 || result === undefined) throw crash(code, stderr);
  process.stderr.write(stderr);
  return result.value;
}

/** How a process ended, and what it said of errors. It ends when this one does. */
async function ended(child: ChildProcess): Promise<{ readonly code: number | string; readonly stderr: string }> {
  const stderr: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => process.stderr.write(chunk));
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  try {
    const code = await exitOf(child);
    return { code, stderr: Buffer.concat(stderr).toString() };
  } finally {
    process.off("exit", kill);
  }
}
