import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { isRunning, processesIn, startOf, writeAtomically } from "@paved/machine";
import type { Component } from "../components/component";
import type { ComponentName } from "../components/names";
import type { EnvironmentFolder } from "../site";

/** A process of ours that runs. */
export interface ComponentProcess {
  readonly pid: number;
  /** Start of the process, so that a reused process id is not taken for it. */
  readonly start?: string;
  /** Says what it was started with: other arguments, another binary or other keys give another one. */
  readonly recipe: string;
}

const GENTLE_MS = 5_000;
const POLL_MS = 25;

/** The process of a component. @returns undefined when it does not run */
export function runningProcess(folder: EnvironmentFolder, name: ComponentName): ComponentProcess | undefined {
  try {
    const noted = JSON.parse(readFileSync(folder.note(name), "utf8")) as ComponentProcess;
    return isRunning(noted.pid, noted.start) ? noted : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What a component is started with, in a word.
 * @param pin what its binary was built from
 * @param keys what its keys are
 */
export function recipeOf(component: Component, pin: string, keys: string): string {
  const own = [component.environment, component.programs].filter((part) => part !== undefined);
  const parts = [component.binary, ...component.arguments, pin, keys, ...own];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/**
 * Starts a component, which outlives this process. Its log starts anew, the one before is kept beside it.
 * @returns undefined when the system does not run its binary
 */
export function startProcess(
  folder: EnvironmentFolder,
  component: Component,
  recipe: string,
): ComponentProcess | undefined {
  const { name } = component;
  const directory = folder.working(name);
  mkdirSync(directory, { recursive: true });
  const output = openLog(folder.log(name));
  const child = spawn(component.binary, component.arguments, {
    cwd: directory,
    detached: true,
    stdio: ["ignore", output, output],
    // No settings of the user's reach it: no proxies, no kubeconfig, no credentials.
    env: {
      PATH: [component.programs, process.env["PATH"]].filter((part) => part !== undefined).join(path.delimiter),
      HOME: directory,
      LANG: "C.UTF-8",
      // Programs in Go take a third less memory for a little more computing: several control planes are to fit a laptop.
      GOGC: "50",
      ...component.environment,
    },
  });
  closeSync(output);
  // That it cannot be started is said by its having no process.
  child.on("error", () => {});
  child.unref();
  const { pid } = child;
  if (pid === undefined) return undefined;
  const started = { pid, start: startOf(pid), recipe };
  writeAtomically(folder.note(name), `${JSON.stringify(started)}\n`);
  return started;
}

/** Stops a component, gently at first, and what else of ours works in its place. @returns whether anything ran */
export async function stopProcess(folder: EnvironmentFolder, name: ComponentName): Promise<boolean> {
  const noted = runningProcess(folder, name);
  const lost = workingIn(folder.working(name));
  const ours = [...(noted === undefined ? [] : [noted]), ...lost.filter(({ pid }) => pid !== noted?.pid)];
  await Promise.all(ours.map(stop));
  rmSync(folder.note(name), { force: true });
  return ours.length > 0;
}

/** Stops what works in a folder of ours, gently at first. */
export async function stopAllIn(directory: string): Promise<void> {
  await Promise.all(workingIn(directory).map(stop));
}

function workingIn(directory: string): readonly Pick<ComponentProcess, "pid" | "start">[] {
  return processesIn(directory).map((pid) => ({ pid, start: startOf(pid) }));
}

async function stop({ pid, start }: Pick<ComponentProcess, "pid" | "start">): Promise<void> {
  for (const [signal, patience] of [
    ["SIGTERM", GENTLE_MS],
    ["SIGKILL", GENTLE_MS],
  ] as const) {
    if (!isRunning(pid, start)) return;
    send(pid, signal);
    for (const until = Date.now() + patience; isRunning(pid, start) && Date.now() < until;) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has ended since it was looked at.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file)) renameSync(file, file.replace(/\.log$/, ".previous.log"));
  return openSync(file, "w", 0o600);
}
