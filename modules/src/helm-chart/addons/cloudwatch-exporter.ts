import { Construct } from "constructs";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { CLOUDFRONT_REGION } from "../../website/cloudfront-region";
import { WorkloadIdentity } from "../../workload-identity/workload-identity";
import { HelmChart } from "../helm-chart";
import { CLOUDWATCH_READING, type MonitoredFacts, resources } from "./facts";

const NAME = "cloudwatch-exporter";
/** User and group of nobody, as the image has it. */
const NOBODY = 65_534;

/** What alerts are made from; dashboards ask CloudWatch themselves. */
const METRICS = {
  "AWS/SQS": {
    // CloudWatch has a queue's figures every minute, a few minutes late.
    period: 60,
    length: 600,
    metrics: [
      { name: "ApproximateAgeOfOldestMessage", statistics: ["Maximum"] },
      { name: "ApproximateNumberOfMessagesVisible", statistics: ["Maximum"] },
    ],
  },
  "AWS/CloudFront": {
    // As often as the exporter looks, so that each request is in one figure; late enough that CloudWatch has them all.
    period: 300,
    length: 600,
    delay: 300,
    // CloudWatch has no figure of a site that nobody asks for anything. NaN would spoil every sum that it is a part of.
    nilToZero: true,
    metrics: [
      { name: "Requests", statistics: ["Sum"] },
      { name: "5xxErrorRate", statistics: ["Average"] },
    ],
  },
} as const;

/** What the exporter looks for: this environment's queues and distributions, found by their tags. */
function discovery(region: string, environment: string): string {
  const job = (type: keyof typeof METRICS, where: string) => ({
    type,
    regions: [where],
    searchTags: [{ key: "environment", value: `^${environment}$` }],
    ...METRICS[type],
  });
  return JSON.stringify({
    apiVersion: "v1alpha1",
    "sts-region": region,
    discovery: {
      exportedTagsOnMetrics: { "AWS/CloudFront": ["service"], "AWS/SQS": ["service"] },
      jobs: [job("AWS/SQS", region), job("AWS/CloudFront", CLOUDFRONT_REGION)],
    },
  });
}

/**
 * Brings what only CloudWatch knows (how long queues are, how many answers of a site failed) to Prometheus, which alerts are
 * made from. It reads figures and tags, and nothing they are of.
 */
export function cloudWatchExporter(scope: Construct, facts: MonitoredFacts): HelmChart {
  const group = new Construct(scope, NAME);
  const { region, name } = stackOf(group).environment;
  const namespace = new PlatformNamespace(group, "namespace", { name: NAME });
  const identity = new WorkloadIdentity(group, "identity", {
    name: NAME,
    namespace: namespace.name,
    serviceAccount: NAME,
    clusterName: facts.clusterName,
  });
  identity.allow({ actions: CLOUDWATCH_READING, resources: ["*"] });
  return new HelmChart(group, "chart", {
    chart: "prometheus-yet-another-cloudwatch-exporter",
    namespace: namespace.name,
    after: [facts.monitoring.release, ...identity.ready],
    values: {
      fullnameOverride: NAME,
      serviceAccount: { create: true, name: NAME },
      testConnection: false,
      podSecurityContext: {
        runAsNonRoot: true,
        runAsUser: NOBODY,
        runAsGroup: NOBODY,
        seccompProfile: { type: "RuntimeDefault" },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      resources: resources("50m", "128Mi"),
      serviceMonitor: { enabled: true },
      config: discovery(region, name),
    },
  });
}
