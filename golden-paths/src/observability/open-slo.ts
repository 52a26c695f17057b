import { addresses } from "./addresses";
import { type Objective, OBJECTIVE_DAYS, objectives } from "./objective";
import type { ObservedService } from "./observed";
import { recordedFailures, recordedRequests } from "./site-traffic";
import { done, failed, inTime, work } from "./work";

/** One question to Prometheus. */
export interface OpenSloMetric {
  readonly metricSource: { readonly type: "Prometheus"; readonly spec: { readonly query: string } };
}

/** Good or bad pieces of work of all: counted ever since, or (not a `counter`) in each period. */
export type OpenSloRatio =
  | { readonly counter: true; readonly good: OpenSloMetric; readonly total: OpenSloMetric }
  | { readonly counter: boolean; readonly bad: OpenSloMetric; readonly total: OpenSloMetric };

/** A service level objective as OpenSLO v1 writes it (OpenSLO specification, "SLO"). */
export interface OpenSlo {
  readonly apiVersion: "openslo/v1";
  readonly kind: "SLO";
  readonly metadata: {
    readonly name: string;
    readonly displayName: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly description: string;
    readonly service: string;
    readonly indicator: {
      readonly metadata: { readonly name: string };
      readonly spec: { readonly ratioMetric: OpenSloRatio };
    };
    readonly timeWindow: readonly [{ readonly duration: string; readonly isRolling: true }];
    readonly budgetingMethod: "Occurrences";
    readonly objectives: readonly [{ readonly displayName: string; readonly target: number }];
  };
}

/**
 * What the service promises, for tools that read OpenSLO: one document a promise, none for a job.
 *
 * @throws PavedError PVD1025 as {@link objectives} does
 */
export function serviceLevelObjectives(observed: ObservedService): readonly OpenSlo[] {
  return objectives(observed).map((objective) => document(observed, objective));
}

function document(observed: ObservedService, objective: Objective): OpenSlo {
  const { service, environment } = observed;
  const name = `${service.name}-${environment.name}-${objective.name}`;
  return {
    apiVersion: "openslo/v1",
    kind: "SLO",
    metadata: {
      name,
      displayName: `${service.name}: ${objective.name} in ${environment.name}`,
      labels: { owner: service.owner, tier: String(service.tier), environment: environment.name },
      annotations: { "paved.dev/runbook": service.runbook, "paved.dev/dashboard": addresses(observed).dashboard },
    },
    spec: {
      description: objective.sentence,
      service: service.name,
      indicator: { metadata: { name: `${name}-indicator` }, spec: { ratioMetric: ratio(observed, objective) } },
      timeWindow: [{ duration: `${OBJECTIVE_DAYS}d`, isRolling: true }],
      budgetingMethod: "Occurrences",
      objectives: [{ displayName: objective.name, target: Number((1 - objective.budget).toFixed(8)) }],
    },
  };
}

function ratio(observed: ObservedService, objective: Objective): OpenSloRatio {
  const measured = work(observed);
  if (measured === undefined)
    return { counter: false, bad: ask(recordedFailures(observed)), total: ask(recordedRequests(observed)) };
  const total = ask(`sum(${done(measured)})`);
  const latencyMs = observed.objectives?.latencyMs;
  if (objective.name === "latency" && latencyMs !== undefined)
    return { counter: true, good: ask(`sum(${inTime(measured, latencyMs / 1000)})`), total };
  return { counter: true, bad: ask(`sum(${failed(measured)})`), total };
}

function ask(query: string): OpenSloMetric {
  return { metricSource: { type: "Prometheus", spec: { query } } };
}
