import { findExecutable } from "@paved/machine";
import { builtTofu } from "./pinned-tofu";
import { isAtLeast, MINIMUM_TOFU, tofuVersion } from "./version";
import type { Workspace } from "../workspace/workspace";

/** An OpenTofu binary that can be run. */
export interface Engine {
  readonly binary: string;
  /** For example `1.12.6`. */
  readonly version: string;
  /** Where it was found: on the user's path, or built by Paved. */
  readonly from: "path" | "built";
}

/** A binary that was found and is not used, with the reason. */
export interface Rejected {
  readonly binary: string;
  readonly code: "PVD2002";
  /** What it reports. @default - it does not run */
  readonly version?: string;
}

/** Looks for OpenTofu: on the path when new enough, then the binary that Paved built from `engine/go.mod`. */
export async function findEngine(
  workspace: Workspace,
  searchPath: string,
): Promise<{ readonly engine?: Engine; readonly rejected: readonly Rejected[] }> {
  const rejected: Rejected[] = [];
  const onPath = findExecutable("tofu", searchPath);
  if (onPath !== undefined) {
    const version = await tofuVersion(onPath);
    if (version !== undefined && isAtLeast(version, MINIMUM_TOFU)) {
      return { engine: { binary: onPath, version, from: "path" }, rejected };
    }
    rejected.push({ binary: onPath, code: "PVD2002", version });
  }
  const binary = builtTofu(workspace);
  if (binary !== undefined) {
    const version = await tofuVersion(binary);
    if (version !== undefined) return { engine: { binary, version, from: "built" }, rejected };
  }
  return { rejected };
}
