/** What a figure is counted in: seconds, a part of 1, or a number a week. */
export type Unit = "seconds" | "ratio" | "a week";

/** A metric: what it says, where it comes from and what it cannot see. The command, its formats and the page all read this. */
export interface Definition {
  readonly title: string;
  readonly unit: Unit;
  /** Which way is good. */
  readonly better: "lower" | "higher";
  /** Name of its gauge in OpenMetrics; with the unit at its end where it has one. */
  readonly gauge: string;
  /** What it is of, one and many: `first deployment`. */
  readonly of: readonly [one: string, many: string];
  readonly definition: string;
  readonly source: string;
  readonly blind: string;
}

/** Every metric, in the order that it is shown in. */
export const METRICS = {
  "first-deployment": {
    title: "time to first deployment",
    unit: "seconds",
    better: "lower",
    gauge: "paved_first_deployment_seconds",
    of: ["service", "services"],
    definition:
      "From a service's beginning to the first apply of its stack in staging (or --to): the median of the services whose " +
      "first apply is in the window. The beginning is the earliest of the request for it, the commit that added its file, " +
      "and the first command that dealt with it.",
    source: "the event log, and Git for the commits that added files in stacks/services",
    blind:
      "Work before all three. Services that began before the log did, or never got there, do not count. That the stack is " +
      "applied does not say that its pods run: Argo CD brings them.",
  },
  "golden-path-adoption": {
    title: "golden-path adoption",
    unit: "ratio",
    better: "higher",
    gauge: "paved_golden_path_adoption_ratio",
    of: ["resource", "resources"],
    definition:
      "Of the resources that the services' stacks manage, the part that a golden path made. Weeks before this one have what the record of their last commit says.",
    source: "the construct tree, as the last synth wrote it, and Git for environments/adoption.txt",
    blind:
      "Services that are not in this repository at all. A golden path that makes much counts for more than one that makes little.",
  },
  environment: {
    title: "mean time to environment",
    unit: "seconds",
    better: "lower",
    gauge: "paved_environment_seconds",
    of: ["environment", "environments"],
    definition:
      "From an environment's beginning until each of the platform's stacks was applied in it: the mean of those that were " +
      "whole in the window. The beginning is the earliest of the request for it, the commit that added its file, and the " +
      "first command that dealt with it.",
    source: "the event log, and Git for the commits that added files in environments/src",
    blind:
      "Whatever is done outside of OpenTofu: accounts, delegated domains, quotas. Environments that began before the log did do not count.",
  },
  "platform-tickets": {
    title: "platform tickets a week",
    unit: "a week",
    better: "lower",
    gauge: "paved_platform_tickets_per_week",
    of: ["ticket", "tickets"],
    definition:
      "Tickets for the platform team that were opened in the window, by the weeks that it has; the current week counts as far as it has passed.",
    source:
      "exports of tickets that are given with --tickets: issues of GitHub as JSON, by label, or CSV with a column for when each was opened",
    blind:
      "What is asked in chat or in person. How much work a ticket was. Weeks that an export does not reach back to look like weeks without tickets.",
  },
  "change-failure": {
    title: "change-failure rate",
    unit: "ratio",
    better: "lower",
    gauge: "paved_change_failure_ratio",
    of: ["deployment", "deployments"],
    definition:
      "Of the deployments in the window, the part that failed. A deployment is a stack that an apply or a rehearsal changed, or failed to change.",
    source: "the event log",
    blind:
      "What fails after the apply: a release that Argo CD rolls back, an incident an hour later. DORA's change failure rate is " +
      "of those. What was stopped by hand counts as neither.",
  },
  deviation: {
    title: "deviation rate",
    unit: "ratio",
    better: "lower",
    gauge: "paved_deviation_ratio",
    of: ["stack of a service", "stacks of services"],
    definition:
      "Of the stacks of services, the part that leaves its golden path in at least one point. Weeks before this one have what the record of their last commit says.",
    source: "the construct tree, as the last synth wrote it, and Git for environments/adoption.txt",
    blind: "How far each leaves it, and whether it is right to. paved deviations lists them with their reasons.",
  },
} as const satisfies Readonly<Record<string, Definition>>;

/** Name of a metric. */
export type MetricId = keyof typeof METRICS;

/** Every {@link MetricId}, in order. */
export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[];

/** A metric's definition. */
export function definitionOf(id: MetricId): Definition {
  return METRICS[id];
}
