import { spawn } from "node:child_process";
import { exitOf } from "@paved/machine";
import type { Workspace } from "../workspace/workspace";

/** How a Node process ended, and what it printed. */
export interface Ended {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** What synth is given of the environment: nothing that could change its output. */
export function synthEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, HOME } = environment;
  return { PATH, HOME, CHECKPOINT_DISABLE: "1" };
}

/** Runs a script of the workspace in a Node process of its own. */
export async function runNode(workspace: Workspace, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: workspace.root,
    env: synthEnvironment(process.env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const code = await exitOf(child);
  return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}
