import path from "node:path";
import { type HeldLock, isHeld, takeLock } from "@paved/machine";
import { PavedError } from "@paved/model";
import type { Mode, Workspace } from "../workspace/workspace";

/**
 * Takes the lock that only one changing run holds at a time.
 * @throws PavedError PVD2005 naming who holds it
 */
export function takeRunLock(workspace: Workspace, mode: Mode, command: string): HeldLock {
  const file = workspace.lock(mode);
  const lock = takeLock(file, command);
  if (isHeld(lock)) return lock;
  const { user, host, pid, since } = lock;
  throw new PavedError({
    code: "PVD2005",
    where: path.relative(workspace.root, file),
    got: `the lock held by ${user}@${host}, process ${pid}, running "${lock.command}" since ${since}`,
    want: "no other run that changes anything",
    fix: "wait until it has finished, or stop it with Ctrl-C",
  });
}
