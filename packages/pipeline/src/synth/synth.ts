import type { FleetIndex } from "@paved/model";
import { bundleFleet } from "./bundle";
import { forgetSynth, keepSynth, readKept, synthInputs, synthOutput } from "./kept-synth";
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

/**
 * The fleet as the sources say, whatever other commands write meanwhile. Where the last synth was made from the very same, and
 * nobody has touched what it wrote, that is it.
 * @throws PavedError what synth found, or PVD2008 when it crashed
 */
export async function synthFleet(workspace: Workspace): Promise<Fleet> {
  const bundle = await bundleFleet(workspace);
  const bundled = { bundle, inputs: synthInputs(bundle) };
  return readKept(workspace, bundled.inputs, readFleet)?.value ?? synthBundled(workspace, bundled, readFleet);
}

/**
 * As {@link synth}, and gives what `read` makes of the output before anybody else sees it, since another command may
 * publish its own a moment later.
 */
export async function synthAnd<T>(workspace: Workspace, read: (written: Workspace) => T): Promise<T> {
  const bundle = await bundleFleet(workspace);
  return synthBundled(workspace, { bundle, inputs: synthInputs(bundle) }, read);
}

/** A bundle, and what it was made of, as a hash. */
interface Bundled {
  readonly bundle: string;
  readonly inputs: string;
}

async function synthBundled<T>(
  workspace: Workspace,
  { bundle, inputs }: Bundled,
  read: (written: Workspace) => T,
): Promise<T> {
  forgetSynth(workspace);
  const { value, output } = await runSynth(workspace, bundle, (written) => ({
    value: read(written),
    output: synthOutput(written),
  }));
  // Another command may have bundled other sources meanwhile, and then it is not known which of them this was.
  if (synthInputs(bundle) === inputs) keepSynth(workspace, { inputs, output });
  return value;
}
