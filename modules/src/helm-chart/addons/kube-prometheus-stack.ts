import { Construct } from "constructs";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { DefaultStorageClass } from "../../storage-class/default-storage-class";
import { WorkloadIdentity } from "../../workload-identity/workload-identity";
import { HelmChart } from "../helm-chart";
import type { HelmValue } from "../values";
import { alertmanagerConfig, RECEIVERS_SECRET } from "./alertmanager";
import { CLOUDWATCH_READING, METRICS_DAYS, podLogGroup, type PlatformFacts, REPLICAS, resources } from "./facts";
import { GRAFANA, grafanaValues, MONITORING_NAMESPACE } from "./grafana";

const PROMETHEUS_GIB = 120;
const ALERTMANAGER_GIB = 5;
/** Below the volume's size, so that the oldest data goes before the disk is full. */
const PROMETHEUS_RETENTION_GIB = 105;

function volume(storageClassName: string, gib: number): HelmValue {
  const spec = { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${gib}Gi` } } };
  return { volumeClaimTemplate: { spec } };
}

/** Dashboards show queues, databases and distributions as CloudWatch has them, and Explore what pods write. */
function letGrafanaReadCloudWatch(scope: Construct, namespace: string, clusterName: string): WorkloadIdentity {
  const identity = new WorkloadIdentity(scope, "grafana-identity", {
    name: GRAFANA.name,
    namespace,
    serviceAccount: GRAFANA.name,
    clusterName,
  });
  identity.allow({ actions: CLOUDWATCH_READING, resources: ["*"] });
  const { arn } = podLogGroup(stackOf(scope).environment);
  identity.allow({
    actions: [
      "logs:StartQuery",
      "logs:GetQueryResults",
      "logs:GetLogEvents",
      "logs:GetLogGroupFields",
      "logs:FilterLogEvents",
    ],
    resources: [arn, `${arn}:*`],
  });
  identity.allow({ actions: ["logs:DescribeLogGroups", "logs:StopQuery"], resources: ["*"] });
  return identity;
}

/**
 * Prometheus, Alertmanager and Grafana. Every team's monitors, rules and dashboards are picked up from its own namespace
 * without asking; people look at it in Grafana, at `grafana.<domain>`, signed in by the environment's provider. Also makes the cluster's default storage class, which the volumes need. The other add-ons come after
 * it, since it brings the kinds their monitors are of.
 *
 * Its namespace is privileged: the node exporter reads the nodes' own figures.
 */
export function kubePrometheusStack(scope: Construct, facts: PlatformFacts): HelmChart {
  const group = new Construct(scope, "monitoring");
  const namespace = new PlatformNamespace(group, "namespace", {
    name: MONITORING_NAMESPACE,
    podSecurity: "privileged",
  });
  const storage = new DefaultStorageClass(group, "storage");
  const grafana = letGrafanaReadCloudWatch(group, namespace.name, facts.clusterName);
  const { environment } = stackOf(group);
  const copies = Math.min(REPLICAS, environment.workload.replicas.min);
  const available = { podDisruptionBudget: { enabled: copies > 1 } };
  const everyTeam = {
    podMonitorSelectorNilUsesHelmValues: false,
    probeSelectorNilUsesHelmValues: false,
    ruleSelectorNilUsesHelmValues: false,
    serviceMonitorSelectorNilUsesHelmValues: false,
  };
  return new HelmChart(group, "chart", {
    chart: "kube-prometheus-stack",
    namespace: namespace.name,
    timeoutMinutes: 15,
    after: grafana.ready,
    values: {
      crds: { enabled: true },
      prometheus: {
        ...available,
        prometheusSpec: {
          ...everyTeam,
          replicas: copies,
          podAntiAffinity: "soft",
          retention: `${METRICS_DAYS}d`,
          retentionSize: `${PROMETHEUS_RETENTION_GIB}GB`,
          storageSpec: volume(storage.name, PROMETHEUS_GIB),
          resources: resources("500m", "2Gi"),
        },
      },
      alertmanager: {
        ...available,
        config: alertmanagerConfig(environment),
        alertmanagerSpec: {
          // Its pods wait for the secret, which Argo CD brings; files of it are read anew for each message.
          secrets: [RECEIVERS_SECRET],
          replicas: copies,
          podAntiAffinity: "soft",
          storage: volume(storage.name, ALERTMANAGER_GIB),
          resources: resources("50m", "128Mi"),
        },
      },
      prometheusOperator: { resources: resources("100m", "256Mi") },
      grafana: grafanaValues(environment),
      "kube-state-metrics": { resources: resources("50m", "128Mi") },
      "prometheus-node-exporter": { resources: resources("50m", "64Mi") },
      // EKS runs these itself and shows them to nobody.
      kubeControllerManager: { enabled: false },
      kubeEtcd: { enabled: false },
      kubeScheduler: { enabled: false },
      // EKS binds its figures to the node's own address, where nobody else can read them.
      kubeProxy: { enabled: false },
    },
  });
}
