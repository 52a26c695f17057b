import { Construct } from "constructs";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { WorkloadIdentity } from "../../workload-identity/workload-identity";
import { HelmChart } from "../helm-chart";
import { type MonitoredFacts, REPLICAS, resources } from "./facts";

/** Service account of the operator, which its identity is bound to. */
const SERVICE_ACCOUNT = "keda-operator";

function identify(scope: Construct, namespace: string, clusterName: string): WorkloadIdentity {
  const { name, region, account } = stackOf(scope).environment;
  const identity = new WorkloadIdentity(scope, "identity", {
    name: "keda",
    namespace,
    serviceAccount: SERVICE_ACCOUNT,
    clusterName,
  });
  identity.allow({
    actions: ["sqs:GetQueueAttributes"],
    resources: [`arn:aws:sqs:${region}:${account}:paved-${name}-*`],
  });
  return identity;
}

/**
 * KEDA, which keeps as many pods of a worker as its queue needs. It looks at how long queues are, with a cloud identity
 * of its own, and sees no message.
 */
export function keda(scope: Construct, facts: MonitoredFacts): HelmChart {
  const group = new Construct(scope, "keda");
  const namespace = new PlatformNamespace(group, "namespace", { name: "keda" });
  const identity = identify(group, namespace.name, facts.clusterName);
  const monitored = { enabled: true, serviceMonitor: { enabled: true } };
  const available = { minAvailable: 1 };
  return new HelmChart(group, "chart", {
    chart: "keda",
    namespace: namespace.name,
    after: [facts.monitoring.release, ...identity.ready],
    values: {
      crds: { install: true },
      clusterName: facts.clusterName,
      operator: { name: SERVICE_ACCOUNT, replicaCount: REPLICAS },
      metricsServer: { replicaCount: REPLICAS },
      webhooks: { replicaCount: REPLICAS },
      podDisruptionBudget: { operator: available, metricServer: available, webhooks: available },
      serviceAccount: { operator: { create: true, name: SERVICE_ACCOUNT } },
      resources: {
        operator: resources("100m", "256Mi"),
        metricServer: resources("50m", "128Mi"),
        webhooks: resources("25m", "64Mi"),
      },
      prometheus: { metricServer: monitored, operator: monitored, webhooks: monitored },
    },
  });
}
