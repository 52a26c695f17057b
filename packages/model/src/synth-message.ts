import type { Finding } from "./errors/paved-error";

/**
 * What synth, as a process of its own, says to the one that started it, by a channel that is nobody else's. Who has not
 * heard that it has `written` has no output of this run, whatever the exit code says.
 */
export type SynthMessage =
  /** The directory of the output, written whole. It waits there for a {@link SynthAnswer}. */
  | { readonly written: string }
  /** What is wrong. Nothing was written. */
  | { readonly errors: readonly Finding[] };

/** Whether the output takes the place of the former one. */
export type SynthAnswer = "publish" | "discard";
