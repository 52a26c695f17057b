import { inputsOf, synthesizedAt } from "../revision/synthesized";
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
  const { base, head, ...shared } = options;
  const [was, is] = [
    { ...shared, revision: base, where: "--base" },
    { ...shared, revision: head, where: "--head" },
  ] as const;
  const [old, now] = [inputsOf(workspace, was), inputsOf(workspace, is)];
  const all = [...new Set([...old.files.keys(), ...now.files.keys()])].toSorted();
  const changedFiles = all.filter((file) => old.files.get(file) !== now.files.get(file));
  const before = await synthesizedAt(workspace, { ...was, inputs: old });
  const after = changedFiles.length === 0 ? before : await synthesizedAt(workspace, { ...is, inputs: now });
  return { before, after, changedFiles };
}
