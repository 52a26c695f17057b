import type { CommandRun, OptionValues } from "../command-spec";
import { affectedCommand } from "../commands/affected";
import { pipelineDriftCommand } from "../commands/drift-report";
import { impactCommand } from "../commands/impact";
import { applyCommand, planCommand } from "../commands/run-stacks";
import { synthCommand } from "../commands/synth";
import { checkOfChoice } from "./asked";

/** One stage of the pipeline: a command as anybody can run it, with the options that the pipeline gives it. */
export interface PipelineStage {
  readonly name: string;
  readonly run: CommandRun;
  /** Whether it is a stage of this run. @default - of every run */
  readonly when?: (given: OptionValues) => boolean;
  /** Options of the stage from those of the whole. */
  readonly options: (given: OptionValues) => OptionValues;
}

/**
 * What is done with a pull request, without credentials. A stage after the first works with what the first wrote. With
 * `--bundle` the plans are kept, to be applied as they were reviewed.
 */
export const PULL_REQUEST_STAGES: readonly PipelineStage[] = [
  { name: "synth", run: synthCommand, options: () => ({}) },
  {
    name: "check",
    run: checkOfChoice,
    options: ({ base, today, env, service, bundle }) => ({ base, today, env, service, bundle, synth: false }),
  },
  { name: "affected", run: affectedCommand, options: ({ base, env, service }) => ({ base, env, service }) },
  {
    name: "impact",
    run: impactCommand,
    options: ({ base, env, service, comment, summary }) => ({
      base,
      env,
      service,
      summary,
      ...(comment === undefined ? {} : { format: "markdown", output: comment, json: false }),
    }),
  },
  {
    name: "plan",
    run: planCommand,
    when: ({ bundle }) => bundle !== undefined,
    options: ({ bundle, base, env, service, state, today }) => ({
      bundle,
      base,
      env,
      service,
      state,
      today,
      synth: false,
    }),
  },
];

/** What is done with what was merged and approved. */
export const APPLY_STAGES: readonly PipelineStage[] = [
  {
    name: "apply",
    run: applyCommand,
    options: ({ bundle, env, service, state, live, yes, concurrency, today }) => {
      const place = { state, live, yes, concurrency, today };
      return bundle === undefined ? { ...place, env, service } : { ...place, bundle };
    },
  },
  {
    name: "drift",
    run: pipelineDriftCommand,
    options: ({ bundle, env, service, state, live, concurrency, summary }) => {
      const place = { state, live, concurrency, summary, synth: false };
      return bundle === undefined ? { ...place, env, service } : { ...place, bundle };
    },
  },
];
