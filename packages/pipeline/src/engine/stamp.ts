import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "../workspace/atomic-write";
import type { Workspace } from "../workspace/workspace";

/** Where the built engine lands. */
export function builtBinary(workspace: Workspace): string {
  return path.join(workspace.binaries, "tofu");
}

/** Whether the built engine is there and was built from today's `engine/go.mod`. */
export function isCurrent(workspace: Workspace): boolean {
  if (!existsSync(builtBinary(workspace))) return false;
  try {
    return readFileSync(stampFile(workspace), "utf8").trim() === pinHash(workspace);
  } catch {
    return false;
  }
}

/** Notes that the built engine comes from today's `engine/go.mod`. */
export function writeStamp(workspace: Workspace): void {
  writeAtomically(stampFile(workspace), `${pinHash(workspace)}\n`);
}

/** The version of OpenTofu that `engine/go.mod` pins, for example `1.12.6`. */
export function pinnedVersion(workspace: Workspace): string | undefined {
  try {
    return /github\.com\/opentofu\/opentofu v(\S+)/.exec(readFileSync(moduleFile(workspace), "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

function pinHash(workspace: Workspace): string {
  return createHash("sha256")
    .update(readFileSync(moduleFile(workspace)))
    .digest("hex");
}

function moduleFile(workspace: Workspace): string {
  return path.join(workspace.engineModule, "go.mod");
}

function stampFile(workspace: Workspace): string {
  return path.join(workspace.binaries, "tofu.go-mod.sha256");
}
