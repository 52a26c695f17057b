/** What Grafana asks. */
export interface Datasource {
  readonly type: "prometheus" | "cloudwatch" | "loki";
  readonly uid: string;
}

/** Metrics of pods and the cluster. The uid is the one that kube-prometheus-stack gives its own Prometheus. */
export const PROMETHEUS: Datasource = { type: "prometheus", uid: "prometheus" };

/** Metrics that AWS keeps: queues, databases, caches, distributions. Grafana reads them with a cloud identity of its own. */
export const CLOUDWATCH: Datasource = { type: "cloudwatch", uid: "cloudwatch" };

/** What pods write, kept with their namespace as a label. */
export const LOKI: Datasource = { type: "loki", uid: "loki" };

/** Where CloudFront reports, wherever the distribution's owner is (CloudFront developer guide, "Monitoring CloudFront metrics"). */
export const CLOUDFRONT_METRICS_REGION = "us-east-1";
