import { Construct } from "constructs";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { HelmChart } from "../helm-chart";
import { type MonitoredFacts, REPLICAS, resources } from "./facts";

/** Namespace of cert-manager, which keeps the keys of authorities of the whole cluster. */
export const CERT_MANAGER_NAMESPACE = "cert-manager";

/** cert-manager: certificates of services, made and renewed in the cluster. */
export function certManager(scope: Construct, facts: MonitoredFacts): HelmChart {
  const group = new Construct(scope, "cert-manager");
  const namespace = new PlatformNamespace(group, "namespace", { name: CERT_MANAGER_NAMESPACE });
  const available = { enabled: true, minAvailable: 1 };
  return new HelmChart(group, "chart", {
    chart: "cert-manager",
    namespace: namespace.name,
    after: [facts.monitoring.release],
    values: {
      crds: { enabled: true },
      replicaCount: REPLICAS,
      podDisruptionBudget: available,
      resources: resources("25m", "128Mi"),
      webhook: { replicaCount: REPLICAS, podDisruptionBudget: available, resources: resources("25m", "64Mi") },
      cainjector: { replicaCount: REPLICAS, podDisruptionBudget: available, resources: resources("25m", "256Mi") },
      prometheus: { enabled: true, servicemonitor: { enabled: true } },
    },
  });
}
