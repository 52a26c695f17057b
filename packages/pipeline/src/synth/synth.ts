import type { FleetIndex } from "@paved/model";
import { bundleFleet } from "./bundle";
import { runSynth } from "./run-synth";
import { type Fleet, readFleet, readIndex } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";

/**
 * Synthesizes the whole fleet into `cdktf.out`, in a process of its own, and gives the index of what it wrote.
 * @throws PavedError what synth found, or PVD2008 when it crashed
 */
export function synth(workspace: Workspace): Promise<FleetIndex> {
  return synthAnd(workspace, readIndex);
}

/** As {@link synth}, and gives the fleet, whatever other commands write meanwhile. */
export function synthFleet(workspace: Workspace): Promise<Fleet> {
  return synthAnd(workspace, readFleet);
}

/**
 * As {@link synth}, and gives what `read` makes of the output before anybody else sees it, since another command may
 * publish its own a moment later.
 */
export async function synthAnd<T>(workspace: Workspace, read: (written: Workspace) => T): Promise<T> {
  return runSynth(workspace, await bundleFleet(workspace), read);
}
