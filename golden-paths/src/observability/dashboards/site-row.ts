import { CLOUDFRONT_METRICS_REGION, CLOUDWATCH } from "../datasources";
import type { ObservedService } from "../observed";
import type { CloudWatchQuery, Row, Unit } from "./panel";

/** Stands for the id of the site's distribution, which is known after apply only. */
const DISTRIBUTION = "distribution";

/**
 * Finds the distribution's id by the tag `service`, which every stack of a service gives to all it makes.
 * A dashboard of anything but a site has no variable.
 */
export function siteVariables({ kind, service }: ObservedService) {
  if (kind !== "site") return [];
  const tags = { service: [service.name] };
  return [
    {
      type: "query",
      name: DISTRIBUTION,
      label: "Distribution",
      // Nobody chooses: there is one.
      hide: 2,
      datasource: CLOUDWATCH,
      query: {
        queryType: "resourceARNs",
        region: CLOUDFRONT_METRICS_REGION,
        resourceType: "cloudfront:distribution",
        tags,
        refId: "CloudWatchVariableQueryEditor-VariableQuery",
      },
      regex: "/distribution\\/(.+)$/",
      refresh: 1,
      sort: 0,
      multi: false,
      includeAll: false,
    },
  ];
}

/** What CloudFront tells of a site: requests, failures, bytes. Other services have no such row. */
export function siteRow({ kind }: ObservedService): readonly Row[] {
  if (kind !== "site") return [];
  return [
    {
      title: "Requests",
      panels: [
        panel("Requests", "short", [ask("Requests", "Sum", "requests")]),
        panel(
          "Answers of 4xx",
          "percent",
          [ask("4xxErrorRate", "Average", "4xx")],
          "Share of requests for what is not there or not allowed.",
        ),
        panel(
          "Answers of 5xx",
          "percent",
          [ask("5xxErrorRate", "Average", "5xx")],
          "Share of requests that CloudFront or the bucket failed.",
        ),
        { ...panel("Bytes sent", "decbytes", [ask("BytesDownloaded", "Sum", "sent")]), width: 12 },
        { ...panel("Bytes received", "decbytes", [ask("BytesUploaded", "Sum", "received")]), width: 12 },
      ],
    },
  ];
}

function panel(title: string, unit: Unit, queries: readonly [CloudWatchQuery], description?: string) {
  return { title, unit, queries, ...(description === undefined ? {} : { description }) };
}

function ask(metric: string, statistic: CloudWatchQuery["statistic"], legend: string): CloudWatchQuery {
  return {
    namespace: "AWS/CloudFront",
    metric,
    statistic,
    dimensions: { DistributionId: `$${DISTRIBUTION}`, Region: "Global" },
    region: CLOUDFRONT_METRICS_REGION,
    legend,
  };
}
