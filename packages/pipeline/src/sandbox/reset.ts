import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { openSandbox } from "./provider-sandbox";
import { takeRunLock } from "../lock/exclusive";
import type { Workspace } from "../workspace/workspace";

/**
 * Empties the sandbox: every object, state and working directory. @returns how many states there were
 * @throws PavedError PVD2005 while a run holds the lock
 */
export async function resetSandbox(workspace: Workspace): Promise<number> {
  const lock = takeRunLock(workspace, "sandbox", "sandbox reset");
  try {
    const sandbox = await openSandbox(workspace);
    await sandbox.reset();
    await sandbox.close();
    const states = existsSync(workspace.states) ? readdirSync(workspace.states).filter(isState).length : 0;
    rmSync(workspace.states, { recursive: true, force: true });
    rmSync(path.dirname(workspace.working("sandbox", "any")), { recursive: true, force: true });
    return states;
  } finally {
    lock.release();
  }
}

function isState(name: string): boolean {
  return name.endsWith(".tfstate");
}
