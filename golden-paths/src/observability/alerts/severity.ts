import type { ObservedService } from "../observed";

/** `page`: somebody has to act now. `ticket`: somebody has to act in working hours. */
export type Urgency = "page" | "ticket";

/** `critical` wakes the on-call rotation, `warning` reaches it in working hours, `info` is only to be seen. */
export type Severity = "critical" | "warning" | "info";

/** Severity by urgency and tier, in a protected environment and in others. */
export const SEVERITIES: Readonly<
  Record<"protected" | "unprotected", Record<Urgency, Record<ObservedService["service"]["tier"], Severity>>>
> = {
  protected: {
    page: { 1: "critical", 2: "warning", 3: "info" },
    ticket: { 1: "warning", 2: "info", 3: "info" },
  },
  unprotected: {
    page: { 1: "warning", 2: "info", 3: "info" },
    ticket: { 1: "info", 2: "info", 3: "info" },
  },
};

/**
 * How loud an alert is:
 *
 * | | tier 1 | tier 2 | tier 3 |
 * | --- | --- | --- | --- |
 * | page, protected environment | critical | warning | info |
 * | ticket, protected environment | warning | info | info |
 * | page, other environment | warning | info | info |
 * | ticket, other environment | info | info | info |
 *
 * Only `critical` wakes somebody, so nobody is woken for an environment that is not protected.
 */
export function severity(observed: Pick<ObservedService, "environment" | "service">, urgency: Urgency): Severity {
  return SEVERITIES[observed.environment.protected ? "protected" : "unprotected"][urgency][observed.service.tier];
}
