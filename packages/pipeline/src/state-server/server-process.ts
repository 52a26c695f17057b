import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { alone, isRunning, startOf, writeAtomically } from "@paved/machine";
import { PavedError } from "@paved/model";
import { pythonRoom } from "@paved/python";
import type { Workspace } from "../workspace/workspace";

/**
 * moto's server, on a free port of this machine only. What it holds is in its memory, so it outlives the command that
 * started it; with the sandbox's folder gone, it ends by itself.
 */
const PROGRAM = `
import os, sys, threading, time
from moto.server import main
def end_with(folder):
    while os.path.isdir(folder):
        time.sleep(1)
    os._exit(0)
threading.Thread(target=end_with, args=(sys.argv[1],), daemon=True).start()
main(["-H", "127.0.0.1", "-p", "0"])
`;

const PATIENCE_MS = 30_000;

interface Running {
  readonly pid: number;
  /** Start of the process, so that a reused process id is not taken for it. */
  readonly start?: string;
  readonly endpoint: string;
}

/**
 * Where the sandbox's S3 listens. It is started when it does not run, and installed on first use, in half a minute.
 * @throws PavedError PVD6003 when it cannot be installed, or does not start
 */
export async function serverEndpoint(workspace: Workspace, progress: (line: string) => void): Promise<string> {
  const { python } = await pythonRoom({
    what: "moto, which stands for S3 and KMS in the sandbox",
    home: workspace.stateServer,
    requirements: workspace.stateServerRequirements,
    searchPath: process.env["PATH"] ?? "",
    progress,
    refuse: cannotStart,
  });
  mkdirSync(workspace.sandbox, { recursive: true, mode: 0o700 });
  const waiting = (holder: string): void => progress(`waiting: ${holder} is starting the sandbox's S3`);
  return alone(path.join(workspace.sandbox, "server.lock"), waiting, async () => {
    const running = runningServer(workspace) ?? (await start(workspace, python));
    return running.endpoint;
  });
}

/** Stops the sandbox's S3, and with it goes what it holds. @returns whether it ran */
export function stopServer(workspace: Workspace): boolean {
  const running = runningServer(workspace);
  if (running !== undefined) process.kill(running.pid, "SIGKILL");
  rmSync(noteOf(workspace), { force: true });
  return running !== undefined;
}

function runningServer(workspace: Workspace): Running | undefined {
  try {
    const noted = JSON.parse(readFileSync(noteOf(workspace), "utf8")) as Running;
    return isRunning(noted.pid, noted.start) ? noted : undefined;
  } catch {
    return undefined;
  }
}

async function start(workspace: Workspace, python: string): Promise<Running> {
  const log = path.join(workspace.sandbox, "server.log");
  const output = openSync(log, "w", 0o600);
  const home = path.join(workspace.stateServer, "home");
  const child = spawn(python, ["-c", PROGRAM, workspace.sandbox], {
    detached: true,
    stdio: ["ignore", output, output],
    env: { PATH: process.env["PATH"], HOME: home, LANG: "C.UTF-8", PYTHONUNBUFFERED: "1" },
  });
  closeSync(output);
  const endpoint = await endpointIn(log, child);
  const pid = child.pid as number;
  child.unref();
  const running: Running = { pid, start: startOf(pid), endpoint };
  writeAtomically(noteOf(workspace), `${JSON.stringify(running)}\n`);
  return running;
}

/** Waits until the server says on which port it listens. */
async function endpointIn(log: string, child: ChildProcess): Promise<string> {
  let failure: string | undefined;
  child.once("error", (error) => void (failure = error.message));
  child.once("exit", (code, signal) => void (failure = `it ended with ${code ?? signal}`));
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const said = readFileSync(log, "utf8");
    const endpoint = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
    if (endpoint !== undefined) return endpoint;
    if (failure !== undefined) throw doesNotStart(`${failure}: ${said.trim().split("\n").at(-1)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw doesNotStart(`nothing that listens after ${PATIENCE_MS / 1000} s`);
}

function noteOf(workspace: Workspace): string {
  return path.join(workspace.sandbox, "server.json");
}

function doesNotStart(got: string): PavedError {
  return cannotStart("the sandbox's S3", got, "a server that listens", "remove .paved/state-server, then try again");
}

function cannotStart(where: string, got: string, want: string, fix: string): PavedError {
  return new PavedError({ code: "PVD6003", where, got, want, fix });
}
