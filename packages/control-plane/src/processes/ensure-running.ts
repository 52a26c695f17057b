import { readFileSync } from "node:fs";
import { isFree, isRunning } from "@paved/machine";
import { PavedError } from "@paved/model";
import { type ComponentProcess, runningProcess, startProcess, stopProcess } from "./component-process";
import { isHealthy } from "./health";
import type { Component } from "../components/component";
import type { ComponentName } from "../components/names";
import type { EnvironmentFolder } from "../site";

/** A component with what says whether a process of it is still the right one. */
export interface Recipe {
  readonly component: Component;
  readonly recipe: string;
}

/** Somebody else listens where a component would. */
export class PortTaken extends Error {
  override readonly name = "PortTaken";

  constructor(
    private readonly component: ComponentName,
    private readonly port: number,
  ) {
    super(`port ${port} of ${component} is taken`);
  }

  finding({ environment }: EnvironmentFolder): PavedError {
    const got = `port ${this.port}, on which somebody else listens`;
    return doesNotStart(environment, this.component, got, "a free port", "run paved sandbox up again");
  }
}

/** A busy machine starts an API server in a minute, an idle one in two seconds. */
const PATIENCE_MS = 180_000;
const POLL_MS = 50;
/** What was stopped counts as ended with its first thread; its ports are free when the last one has ended as well. */
const RELEASED_WITHIN_MS = 2_000;

/**
 * Has components run as they are described, and waits until each says that it works. One that runs so already is left alone.
 * @returns names of those that were started
 * @throws PavedError PVD9002 when one ends, or says nothing for three minutes; {@link PortTaken}
 */
export async function ensureRunning(
  folder: EnvironmentFolder,
  recipes: readonly Recipe[],
): Promise<readonly ComponentName[]> {
  const started: ComponentName[] = [];
  const running: { readonly component: Component; readonly process: ComponentProcess }[] = [];
  for (const { component, recipe } of recipes) {
    const there = runningProcess(folder, component.name);
    if (there?.recipe === recipe) {
      running.push({ component, process: there });
      continue;
    }
    await stopProcess(folder, component.name);
    for (const port of component.ports) if (!(await isReleased(port))) throw new PortTaken(component.name, port);
    const process = startProcess(folder, component, recipe);
    if (process === undefined) throw cannotBeRun(folder, component);
    running.push({ component, process });
    started.push(component.name);
  }
  await Promise.all(running.map(({ component, process }) => awaitHealth(folder, component, process)));
  return started;
}

async function isReleased(port: number): Promise<boolean> {
  for (const until = Date.now() + RELEASED_WITHIN_MS; Date.now() < until;) {
    if (await isFree(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}

async function awaitHealth(folder: EnvironmentFolder, component: Component, { pid, start }: ComponentProcess) {
  const { environment } = folder;
  const { name } = component;
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    if (await isHealthy(component.health)) return;
    if (!isRunning(pid, start)) {
      for (const port of component.ports) if (!(await isFree(port))) throw new PortTaken(name, port);
      const fix = `run paved sandbox logs --env ${environment} --component ${name}`;
      throw doesNotStart(environment, name, `it ended: ${lastLine(folder, name)}`, "a component that works", fix);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const got = `no word that it works after ${PATIENCE_MS / 1000} s: ${lastLine(folder, name)}`;
  throw doesNotStart(environment, name, got, "a component that works", "run paved sandbox down, then up");
}

function lastLine(folder: EnvironmentFolder, name: ComponentName): string {
  return readFileSync(folder.log(name), "utf8").trim().split("\n").at(-1) || "it said nothing";
}

function cannotBeRun({ environment }: EnvironmentFolder, { name, binary }: Component): PavedError {
  const fix = "remove it, then run paved sandbox up, which builds it again";
  return doesNotStart(environment, name, `${binary}, which the system does not run`, "a program", fix);
}

function doesNotStart(environment: string, name: string, got: string, want: string, fix: string): PavedError {
  return new PavedError({ code: "PVD9002", where: `${environment} ${name}`, got, want, fix });
}
