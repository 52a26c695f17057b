import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { alone, processesIn } from "@paved/machine";
import { ENVIRONMENT_NAMES } from "@paved/model";
import { stopHelm } from "./cluster/helm";
import { ALL_COMPONENT_NAMES, type ComponentName } from "./components/names";
import { stopProcess } from "./processes/component-process";
import { type ControlPlaneSite, EnvironmentFolder } from "./site";

/** Environments that have, or had, a control plane here; also those of which processes are all that is left. */
export function environmentsIn(site: ControlPlaneSite): readonly string[] {
  const left = ENVIRONMENT_NAMES.filter((name) => isAnythingLeft(new EnvironmentFolder(site, name)));
  return [...new Set<string>([...foldersIn(site), ...left])].toSorted();
}

function foldersIn({ controlPlanes }: ControlPlaneSite): readonly string[] {
  if (!existsSync(controlPlanes)) return [];
  return readdirSync(controlPlanes).filter((name) => statSync(path.join(controlPlanes, name)).isDirectory());
}

function isAnythingLeft(folder: EnvironmentFolder): boolean {
  return ALL_COMPONENT_NAMES.some((name) => processesIn(folder.working(name)).length > 0);
}

/**
 * Stops the control plane of an environment; what it holds is kept for the next start. One that does not run is left so.
 * @returns names of the components that ran
 */
export async function down(
  site: ControlPlaneSite,
  environment: string,
  progress: (line: string) => void,
): Promise<readonly ComponentName[]> {
  const folder = new EnvironmentFolder(site, environment);
  return alone(
    folder.lock,
    (holder) => progress(`waiting: ${holder} starts or stops ${environment}`),
    () => stopComponents(folder),
  );
}

/** Stops the control plane of an environment and removes all that it holds, its keys too. */
export async function remove(site: ControlPlaneSite, environment: string, progress: (line: string) => void) {
  const stopped = await down(site, environment, progress);
  rmSync(new EnvironmentFolder(site, environment).root, { recursive: true, force: true });
  return stopped;
}

/** Stops what runs, Helm and those that watch the API server before it, and etcd last. @returns names of what ran */
export async function stopComponents(folder: EnvironmentFolder): Promise<readonly ComponentName[]> {
  const ran: ComponentName[] = [];
  const stop = async (name: ComponentName): Promise<void> => {
    if (await stopProcess(folder, name)) ran.push(name);
  };
  const [store, server, ...watchers] = ALL_COMPONENT_NAMES;
  await stopHelm(folder.helm);
  await Promise.all(watchers.map(stop));
  await stop(server);
  await stop(store);
  return ran;
}

/** Stops what runs and is none of these: what delivered to the environment before something else did. */
export async function stopOthers(folder: EnvironmentFolder, components: readonly ComponentName[]): Promise<void> {
  const others = ALL_COMPONENT_NAMES.filter((name) => !components.includes(name));
  await Promise.all(others.map((name) => stopProcess(folder, name)));
}
