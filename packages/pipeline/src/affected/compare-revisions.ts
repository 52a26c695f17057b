import { type SynthesizedFleet, synthesizedAt } from "../revision/synthesized";
import { inputsAt, inputsHere } from "../revision/inputs";
import type { Workspace } from "../workspace/workspace";
import type { Comparison } from "./affected";

/** Which revisions are compared. */
export interface ComparisonOptions {
  /** Revision before. */
  readonly base: string;
  /** Revision after. @default - the working tree, as it is */
  readonly head?: string;
  /** Told what takes its time. */
  readonly progress: (line: string) => void;
  /** Whether what was synthesized before from the same content may be used. @default true */
  readonly cache?: boolean;
}

/**
 * Synthesizes both revisions, each once for the same content, and says which files that synth reads differ.
 * @throws PavedError as {@link synthesizedAt} does
 */
export async function compareRevisions(workspace: Workspace, options: ComparisonOptions): Promise<Comparison> {
  const { base, head, progress, cache } = options;
  const was = inputsAt(workspace, base, "--base").files;
  const is = (head === undefined ? inputsHere(workspace, "--head") : inputsAt(workspace, head, "--head")).files;
  const all = [...new Set([...was.keys(), ...is.keys()])].toSorted();
  const changedFiles = all.filter((file) => was.get(file) !== is.get(file));
  const shared = { progress, cache };
  const before = await synthesizedAt(workspace, { ...shared, revision: base, where: "--base" });
  const after: SynthesizedFleet =
    changedFiles.length === 0 ? before : await synthesizedAt(workspace, { ...shared, revision: head, where: "--head" });
  return { before, after, changedFiles };
}
