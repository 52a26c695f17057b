import type { ObservedService } from "./observed";
import { series } from "./promql";

/**
 * What CloudWatch knows, as Prometheus has it from yet-another-cloudwatch-exporter (`aws_<service>_<metric>_<statistic>`,
 * with CloudWatch's dimensions as `dimension_<name>` and the resource's own tags as `tag_<name>`). Dashboards ask CloudWatch
 * itself; alerts need these. Where the exporter does not run, the alert `CloudMetricsMissing` says so.
 */
function ofQueue(metric: string, queue: string): string {
  return series(`aws_sqs_${metric}_maximum`, { dimension_QueueName: queue });
}

/** Age of the oldest message that waits, in seconds. */
export function oldestMessageSeconds(queue: string): string {
  return ofQueue("approximate_age_of_oldest_message", queue);
}

/** Messages that wait. */
export function waitingMessages(queue: string): string {
  return ofQueue("approximate_number_of_messages_visible", queue);
}

/** A metric of the site's distribution. Its id is known after apply only, its tag before. */
function ofSite(metric: string, { name }: ObservedService): string {
  return series(`aws_cloudfront_${metric}`, { tag_service: name });
}

/** Answers of the site with a status of 500 or more, in percent of the requests of the last period; 0 while there are none. */
export function siteErrorPercent(observed: ObservedService): string {
  return ofSite("5xx_error_rate_average", observed);
}

/** Requests to the site in the last period; 0 while there are none. */
export function siteRequests(observed: ObservedService): string {
  return ofSite("requests_sum", observed);
}

/** One series of each kind that the service's alerts need from CloudWatch. */
export function neededCloudMetrics(observed: ObservedService): readonly string[] {
  return [
    ...(observed.queue === undefined ? [] : [waitingMessages(observed.queue.name)]),
    ...(observed.kind === "site" ? [siteErrorPercent(observed), siteRequests(observed)] : []),
  ];
}
