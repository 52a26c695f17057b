import { Construct } from "constructs";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { DefaultStorageClass } from "../../storage-class/default-storage-class";
import { WorkloadIdentity } from "../../workload-identity/workload-identity";
import { HelmChart } from "../helm-chart";
import type { HelmValue } from "../values";
import { CLOUDWATCH_READING, podLogGroup, type PlatformFacts, REPLICAS, resources } from "./facts";

const PROMETHEUS_GIB = 50;
const ALERTMANAGER_GIB = 5;
/** Below the volume's size, so that the oldest data goes before the disk is full. */
const PROMETHEUS_RETENTION_GIB = 45;

function volume(storageClassName: string, gib: number): HelmValue {
  const spec = { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${gib}Gi` } } };
  return { volumeClaimTemplate: { spec } };
}

/** Service account of Grafana, which its identity is bound to. */
const GRAFANA = "grafana";

/** Dashboards show queues, databases and distributions as CloudWatch has them, and Explore what pods write. */
function letGrafanaReadCloudWatch(scope: Construct, namespace: string, clusterName: string): void {
  const identity = new WorkloadIdentity(scope, "grafana-identity", {
    name: GRAFANA,
    namespace,
    serviceAccount: GRAFANA,
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
}

/**
 * Prometheus, Alertmanager and Grafana. Every team's monitors, rules and dashboards are picked up from its own namespace
 * without asking. Also makes the cluster's default storage class, which the volumes need. The other add-ons come after
 * it, since it brings the kinds their monitors are of.
 *
 * Its namespace is privileged: the node exporter reads the nodes' own figures.
 */
export function kubePrometheusStack(scope: Construct, facts: PlatformFacts): HelmChart {
  const group = new Construct(scope, "monitoring");
  const namespace = new PlatformNamespace(group, "namespace", { name: "monitoring", podSecurity: "privileged" });
  const storage = new DefaultStorageClass(group, "storage");
  letGrafanaReadCloudWatch(group, namespace.name, facts.clusterName);
  const { region, workload } = stackOf(group).environment;
  const { replicas } = workload;
  const copies = Math.min(REPLICAS, replicas.min);
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
    values: {
      crds: { enabled: true },
      prometheus: {
        ...available,
        prometheusSpec: {
          ...everyTeam,
          replicas: copies,
          podAntiAffinity: "soft",
          retention: "15d",
          retentionSize: `${PROMETHEUS_RETENTION_GIB}GB`,
          storageSpec: volume(storage.name, PROMETHEUS_GIB),
          resources: resources("500m", "2Gi"),
        },
      },
      alertmanager: {
        ...available,
        alertmanagerSpec: {
          replicas: copies,
          podAntiAffinity: "soft",
          storage: volume(storage.name, ALERTMANAGER_GIB),
          resources: resources("50m", "128Mi"),
        },
      },
      prometheusOperator: { resources: resources("100m", "256Mi") },
      grafana: {
        resources: resources("100m", "256Mi"),
        serviceMonitor: { enabled: true },
        serviceAccount: { create: true, name: GRAFANA },
        additionalDataSources: [
          {
            name: "CloudWatch",
            uid: "cloudwatch",
            type: "cloudwatch",
            // With its own cloud identity.
            jsonData: { authType: "default", defaultRegion: region },
          },
        ],
        sidecar: { dashboards: { enabled: true, label: "grafana_dashboard", searchNamespace: "ALL" } },
        "grafana.ini": { users: { allow_sign_up: false }, "auth.anonymous": { enabled: false } },
      },
      "kube-state-metrics": { resources: resources("50m", "128Mi") },
      "prometheus-node-exporter": { resources: resources("50m", "64Mi") },
      // EKS runs these itself and shows them to nobody.
      kubeControllerManager: { enabled: false },
      kubeEtcd: { enabled: false },
      kubeScheduler: { enabled: false },
    },
  });
}
