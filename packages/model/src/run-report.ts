import type { Finding } from "./errors/paved-error";

/** Counts of planned changes. */
export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

/** One stack's part of a rehearsal. */
export interface StackRun {
  /** Stack name, for example `dev-orders`. */
  readonly name: string;
  readonly environment: string;
  /** Managed resources in the state after the apply. */
  readonly resources: number;
  /** What the first plan would change. */
  readonly plan: ChangeCounts;
  /** What the plan after the apply would still change: zero when the stack converged. */
  readonly secondPlan: ChangeCounts;
  /** Wall time of the whole stack, in seconds. */
  readonly seconds: number;
}

/** A stack that did not get through a rehearsal. */
export interface RunFailure {
  readonly name: string;
  readonly environment: string;
  /** How it ended: `failed`, `skipped` for another one's failure, or `interrupted`. */
  readonly status: string;
  readonly findings: readonly Finding[];
}

/** What `cdktf.out/run.json` holds. */
export interface RunReport {
  /** Version of the engine, for example `1.12.6`. */
  readonly tofu: string;
  /** Every stack that got as far as its second plan. */
  readonly stacks: readonly StackRun[];
  /** Stacks that failed. @default - all got through */
  readonly failures?: readonly RunFailure[];
  /** Wall time of the whole run, in seconds. */
  readonly seconds: number;
}
