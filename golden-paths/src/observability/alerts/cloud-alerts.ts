import { neededCloudMetrics } from "../cloud-metrics";
import type { ObservedService } from "../observed";
import type { Alert } from "./alert";

/** Says that alerts of the service cannot come, because what they look at is not measured: silence is not health. */
export function cloudAlerts(observed: ObservedService): readonly Alert[] {
  const needed = neededCloudMetrics(observed);
  if (needed.length === 0) return [];
  return [
    {
      name: "CloudMetricsMissing",
      expr: needed.map((metric) => `absent(${metric})`).join(" or "),
      minutes: 60,
      urgency: "ticket",
      summary: "CloudWatch's figures do not reach Prometheus",
      description: "Alerts that need them cannot come. The CloudWatch exporter does not run, or may not read them.",
    },
  ];
}
