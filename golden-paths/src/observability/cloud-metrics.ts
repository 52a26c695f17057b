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

/** Answers of the site with a status of 500 or more, in percent. The distribution's id is known after apply only, its tag before. */
export function siteErrorPercent(observed: ObservedService): string {
  return series("aws_cloudfront_5xx_error_rate_average", { tag_service: observed.name });
}

/** One series of each kind that the service's alerts need from CloudWatch. */
export function neededCloudMetrics(observed: ObservedService): readonly string[] {
  return [
    ...(observed.queue === undefined ? [] : [waitingMessages(observed.queue.name)]),
    ...(observed.kind === "site" ? [siteErrorPercent(observed)] : []),
  ];
}
