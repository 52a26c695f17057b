import { PavedError } from "@paved/model";
import type { Workspace } from "../workspace/workspace";
import { git, type GitCall } from "./git";

/** What is wanted of a call that needs what was committed long ago. */
export const HISTORY: GitCall = {
  where: "history",
  want: "a repository of Git, with its whole history",
  fix: "run it in a clone, and git fetch --unshallow where that has not everything",
};

/** @throws PavedError PVD4003 in a shallow clone */
export function refuseShallow(workspace: Workspace): void {
  if (git(workspace, ["rev-parse", "--is-shallow-repository"], HISTORY).trim() !== "true") return;
  const { where, want, fix } = HISTORY;
  throw new PavedError({ code: "PVD4003", where, got: "a shallow clone", want, fix });
}
