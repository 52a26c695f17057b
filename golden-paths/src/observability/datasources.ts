/** What Grafana asks. */
export interface Datasource {
  readonly type: "prometheus" | "cloudwatch";
  readonly uid: string;
}

/** Metrics of pods and the cluster. The uid is the one that kube-prometheus-stack gives its own Prometheus. */
export const PROMETHEUS: Datasource = { type: "prometheus", uid: "prometheus" };

/** What AWS keeps: metrics of queues, databases, caches and distributions, and what pods write. Grafana reads it with a cloud identity of its own. */
export const CLOUDWATCH: Datasource = { type: "cloudwatch", uid: "cloudwatch" };

/** Where CloudFront reports, wherever the distribution's owner is (CloudFront developer guide, "Monitoring CloudFront metrics"). */
export const CLOUDFRONT_METRICS_REGION = "us-east-1";
