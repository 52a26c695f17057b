import { existsSync } from "node:fs";
import { type ComparedIndex, type Finding, PavedError } from "@paved/model";
import { synthAnd } from "../synth/synth";
import type { Workspace } from "../workspace/workspace";
import { withCheckout } from "./checkout";
import { inputsAt, inputsHere, type SynthInputs } from "./inputs";
import { readStored, store } from "./store";
import { fleetIn, readWritten, type Written } from "./written";

/** What one synth wrote, as far as it reaches a cloud or a cluster, held in memory. */
export interface SynthesizedFleet extends Pick<Written, "files"> {
  readonly index: ComparedIndex;
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
  const written = await synthesize(workspace, inputs, options);
  // What was edited while it was synthesized is neither the one nor the other.
  const settled = revision !== undefined || inputsHere(workspace, where).key === inputs.key;
  if (settled) store(workspace, inputs.key, written);
  return fleetIn(written);
}

async function synthesize(
  workspace: Workspace,
  inputs: SynthInputs,
  { revision, where, progress }: RevisionOptions,
): Promise<Written> {
  if (revision === undefined) return synthAnd(workspace, readWritten);
  return withCheckout(workspace, inputs, { where, progress }, async (checkout) => {
    try {
      return await synthAnd(checkout, readWritten);
    } catch (error) {
      if (!(error instanceof PavedError)) throw error;
      const findings = wroteUnasked(checkout, error) ? [tooOld(where)] : error.findings;
      throw new PavedError(findings.map((each) => ({ ...each, where: `${revision}: ${each.where}` })));
    }
  });
}

/** In a fresh checkout an output takes its place only when it was asked for: a synth that did not wait knows no such question. */
function wroteUnasked(checkout: Workspace, { findings }: PavedError): boolean {
  return findings.every(({ code }) => code === "PVD2008") && existsSync(checkout.index);
}

function tooOld(where: string): Finding {
  return {
    code: "PVD2008",
    where: "stacks/src/main.ts",
    got: "a synth that ends without saying what it wrote",
    want: "a revision of a Paved that reports to the command that started its synth",
    fix: `this one is too old to be synthesized by another: name a later one with ${where}`,
  };
}
