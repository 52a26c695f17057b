import { siteErrorPercent, siteRequests } from "./cloud-metrics";
import type { ObservedService } from "./observed";
import { series } from "./promql";

const REQUESTS = "slo:site_requests:sum";
const FAILED = "slo:site_requests_failed:sum";

function labels({ service, environment }: ObservedService) {
  return { service: service.name, environment: environment.name };
}

/** Requests to the site in a period, as they are recorded. */
export function recordedRequests(observed: ObservedService): string {
  return series(REQUESTS, labels(observed));
}

/** Those of them that were answered with a status of 500 or more. */
export function recordedFailures(observed: ObservedService): string {
  return series(FAILED, labels(observed));
}

/**
 * What the site was asked for and failed, kept side by side: CloudFront tells a share, which weighs nothing without the
 * number that it is of. Both are recorded at the same moments, so that sums of them over time are of the same periods.
 */
export function siteTrafficRules(observed: ObservedService) {
  if (observed.kind !== "site") return [];
  const [requests, percent] = [siteRequests(observed), siteErrorPercent(observed)];
  return [
    { record: REQUESTS, expr: `sum(${requests})`, labels: labels(observed) },
    { record: FAILED, expr: `sum(${percent} / 100 * ${requests})`, labels: labels(observed) },
  ];
}

/** Share of the requests to the site that failed, 0 to 1; nothing, and not NaN, while there were none. */
export function siteFailureRatio(observed: ObservedService, window: string): string {
  const over = (recorded: string) => `sum(sum_over_time(${recorded}[${window}]))`;
  return `${over(recordedFailures(observed))} / (${over(recordedRequests(observed))} > 0)`;
}
