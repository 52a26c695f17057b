import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { Workspace } from "@paved/pipeline";
import { sampleWorkspace } from "../test/sample-workspace";

/** This checkout, whose programs are run. */
export const ROOT = path.join(__dirname, "../../..");

/** As long as a busy machine needs for a control plane. */
export const STARTING_MS = 240_000;

/** A sample workspace with the programs of control planes, and the judges, of this checkout. */
export function realWorkspace(): Workspace {
  const workspace = sampleWorkspace();
  mkdirSync(workspace.paved, { recursive: true });
  symlinkSync(path.join(ROOT, "engine"), workspace.engineModule);
  symlinkSync(path.join(ROOT, ".paved", "bin"), workspace.binaries);
  symlinkSync(path.join(ROOT, ".paved", "judges"), workspace.judges);
  return workspace;
}
