import { addresses, runbookOf } from "../addresses";
import type { ObservedService } from "../observed";
import { severity, type Urgency } from "./severity";

/** Something that somebody has to act on, before it has labels and addresses. */
export interface Alert {
  /** In PascalCase, the same for all services; also a heading of the runbook. */
  readonly name: string;
  /** PromQL that has a result while it is so. */
  readonly expr: string;
  /** Minutes for which it has to be so. */
  readonly minutes: number;
  readonly urgency: Urgency;
  /** What is wrong, in a line. */
  readonly summary: string;
  /** What it means, and where to look first. */
  readonly description: string;
  /** What tells two alerts of one name apart. @default - there is one of the name */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Alerts of one sort; which of them there are depends on what the service has. */
export type AlertSource = (observed: ObservedService) => readonly Alert[];

/** An alert as Prometheus takes it, with whom it concerns and where to go from it. */
export function alertingRule(observed: ObservedService, alert: Alert) {
  const { service, environment } = observed;
  return {
    alert: alert.name,
    expr: alert.expr,
    for: `${alert.minutes}m`,
    labels: {
      severity: severity(observed, alert.urgency),
      tier: String(service.tier),
      owner: service.owner,
      on_call: service.onCall,
      service: service.name,
      environment: environment.name,
      ...alert.labels,
    },
    annotations: {
      summary: `${service.name} in ${environment.name}: ${alert.summary}`,
      description: alert.description,
      runbook_url: runbookOf(service, alert.name),
      dashboard_url: addresses(observed).dashboard,
    },
  };
}
