import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { openSandbox } from "./provider-sandbox";
import { takeRunLock } from "../lock/exclusive";
import { stopServer } from "../state-server/server-process";
import type { Workspace } from "../workspace/workspace";

/** What {@link resetSandbox} took away. */
export interface Emptied {
  /** Local states there were. */
  readonly states: number;
  /** Whether the sandbox's S3 ran, which is stopped, with every state in it. */
  readonly server: boolean;
}

/**
 * Empties the sandbox, whichever store its states are in: every object, state and working directory.
 * @throws PavedError PVD2005 while a run holds the lock
 */
export async function resetSandbox(workspace: Workspace): Promise<Emptied> {
  const inFiles = workspace.keepingStateIn("file");
  const inS3 = workspace.keepingStateIn("s3");
  const states = existsSync(inFiles.states) ? readdirSync(inFiles.states).filter(isState).length : 0;
  await empty(inFiles);
  if (!existsSync(inS3.sandbox)) return { states, server: false };
  await empty(inS3);
  const server = stopServer(inS3);
  rmSync(inS3.sandbox, { recursive: true, force: true });
  return { states, server };
}

async function empty(workspace: Workspace): Promise<void> {
  const lock = takeRunLock(workspace, "sandbox", "sandbox reset");
  try {
    const sandbox = await openSandbox(workspace);
    await sandbox.reset();
    await sandbox.close();
    rmSync(workspace.states, { recursive: true, force: true });
    rmSync(path.dirname(workspace.working("sandbox", "any")), { recursive: true, force: true });
  } finally {
    lock.release();
  }
}

function isState(name: string): boolean {
  return name.endsWith(".tfstate");
}
