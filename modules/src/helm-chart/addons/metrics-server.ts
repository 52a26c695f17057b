import { Construct } from "constructs";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { HelmChart } from "../helm-chart";
import { type MonitoredFacts, REPLICAS, resources, spread } from "./facts";

/** Metrics Server: what pods use right now, for autoscaling and for `kubectl top`. */
export function metricsServer(scope: Construct, facts: MonitoredFacts): HelmChart {
  const group = new Construct(scope, "metrics-server");
  const namespace = new PlatformNamespace(group, "namespace", { name: "metrics-server" });
  return new HelmChart(group, "chart", {
    chart: "metrics-server",
    namespace: namespace.name,
    after: [facts.monitoring.release],
    values: {
      replicas: REPLICAS,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      topologySpreadConstraints: spread({ "app.kubernetes.io/name": "metrics-server" }),
      priorityClassName: "system-cluster-critical",
      resources: resources("100m", "200Mi"),
      metrics: { enabled: true },
      serviceMonitor: { enabled: true },
    },
  });
}
