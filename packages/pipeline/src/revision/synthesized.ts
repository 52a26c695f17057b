import { type FleetIndex, PavedError } from "@paved/model";
import { synthAnd } from "../synth/synth";
import { readFleet } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";
import { withCheckout } from "./checkout";
import { inputsAt, inputsHere, type SynthInputs } from "./inputs";
import { readStored, store } from "./store";

/** What one synth wrote, as far as it reaches a cloud or a cluster, held in memory. */
export interface SynthesizedFleet {
  readonly index: FleetIndex;
  /** Text by path below `cdktf.out`: `stacks/<stack>/cdk.tf.json` and `gitops/<environment>/<unit>/*.yaml`. */
  readonly files: Readonly<Record<string, string>>;
}

/** Which synth. */
export interface RevisionOptions {
  /** Revision of Git. @default - the working tree, as it is */
  readonly revision?: string;
  /** The option that named it, for errors. */
  readonly where: string;
  /** What synth reads of it. @default - it is asked for */
  readonly inputs?: SynthInputs;
  /** Told what takes its time. */
  readonly progress: (line: string) => void;
  /** Whether what was synthesized before from the same content may be used. @default true */
  readonly cache?: boolean;
}

/** What synth reads of a revision, or of the working tree. */
export function inputsOf(
  workspace: Workspace,
  { revision, where }: Pick<RevisionOptions, "revision" | "where">,
): SynthInputs {
  return revision === undefined ? inputsHere(workspace, where) : inputsAt(workspace, revision, where);
}

/**
 * What the fleet synthesizes to at a revision. The same content is synthesized once: the result is kept in
 * `.paved/synths`, known by the content of everything that synth reads.
 * @throws PavedError what synth found at the revision; PVD4003 for one that Git does not know; PVD2017 when its packages
 * cannot be installed
 */
export async function synthesizedAt(workspace: Workspace, options: RevisionOptions): Promise<SynthesizedFleet> {
  const { revision, where, inputs = inputsOf(workspace, options) } = options;
  const known = options.cache === false ? undefined : readStored(workspace, inputs.key);
  if (known !== undefined) return known;
  options.progress(`synthesizing ${revision ?? "the working tree"}`);
  const fleet = await synthesize(workspace, inputs, options);
  // What was edited while it was synthesized is neither the one nor the other.
  const settled = revision !== undefined || inputsHere(workspace, where).key === inputs.key;
  if (settled) store(workspace, inputs.key, fleet);
  return fleet;
}

async function synthesize(
  workspace: Workspace,
  inputs: SynthInputs,
  { revision, where, progress }: RevisionOptions,
): Promise<SynthesizedFleet> {
  if (revision === undefined) return synthAnd(workspace, readSynthesized);
  return withCheckout(workspace, inputs, { where, progress }, async (checkout) => {
    try {
      return await synthAnd(checkout, readSynthesized);
    } catch (error) {
      if (!(error instanceof PavedError)) throw error;
      throw new PavedError(error.findings.map((each) => ({ ...each, where: `${revision}: ${each.where}` })));
    }
  });
}

function readSynthesized(written: Workspace): SynthesizedFleet {
  const { index, stacks, delivered } = readFleet(written);
  const roots = stacks.map(({ directory, json }) => [`${directory}/cdk.tf.json`, json] as const);
  const manifests = delivered.map(
    ({ environment, unit, name, text }) => [`gitops/${environment}/${unit}/${name}`, text] as const,
  );
  return { index, files: Object.fromEntries([...roots, ...manifests]) };
}
