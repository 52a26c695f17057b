import type { StackEntry } from "@paved/model";
import type { StackResult } from "./result";

/** What is being done to a stack. */
export type Stage = "recover" | "init" | "validate" | "plan" | "apply" | "second plan" | "destroy";

/** Hears what a run does, as it happens. */
export interface RunListener {
  stage(stack: StackEntry, stage: Stage): void;
  /** How many resources of the stack are done. */
  progress(stack: StackEntry, done: number, total: number): void;
  finished(stack: StackEntry, result: StackResult): void;
}

/** Hears nothing. */
export const SILENT: RunListener = { stage: () => {}, progress: () => {}, finished: () => {} };
