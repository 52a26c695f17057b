/** Where an unsafe edit is caught: by the compiler, by synth, by `paved check`, or by the real engine's plan. */
export type Stage = "type" | "synth" | "policy" | "plan";

/** An unsafe edit that somebody could make in a pull request. */
export interface Edit {
  /** What goes wrong with it, for example `the database is open to the internet`. */
  readonly what: string;
  /** The file that is edited, relative to the workspace. */
  readonly file: string;
  /** Text of the file, which occurs in it exactly once. */
  readonly from: string;
  readonly to: string;
  readonly caught: Stage;
  /** What catches it: a rule (`AWS-RDS-001`), a code of Paved (`PVD1008`) or of TypeScript (`TS2322`). */
  readonly by: string;
}

/** Unsafe edits of one file. */
export function editsOf(file: string, edits: readonly Omit<Edit, "file">[]): readonly Edit[] {
  return edits.map((edit) => ({ file, ...edit }));
}
