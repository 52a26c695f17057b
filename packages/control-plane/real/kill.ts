import { isRunning } from "@paved/machine";
import type { ComponentName } from "../src";
import { runningProcess } from "../src/processes/component-process";
import type { EnvironmentFolder } from "../src/site";
import { eventually } from "./objects";

/** Kills components, all at once, and waits until none of their processes is left. */
export async function kill(folder: EnvironmentFolder, ...names: readonly ComponentName[]): Promise<void> {
  const processes = names.map((name) => runningProcess(folder, name)!);
  for (const { pid } of processes) process.kill(pid, "SIGKILL");
  await eventually(
    async () => processes.some(({ pid, start }) => isRunning(pid, start)),
    (isAnyLeft) => !isAnyLeft,
  );
}
