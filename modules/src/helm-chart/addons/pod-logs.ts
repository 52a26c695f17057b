import { Construct } from "constructs";
import { EncryptionKey } from "../../encryption-key/encryption-key";
import { LogGroup } from "../../log-group/log-group";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { WorkloadIdentity } from "../../workload-identity/workload-identity";
import { HelmChart } from "../helm-chart";
import { podLogGroup, type PlatformFacts, resources } from "./facts";

/** Service account of Fluent Bit, which its identity is bound to. */
const SERVICE_ACCOUNT = "fluent-bit";

/**
 * What pods write, brought to CloudWatch Logs by Fluent Bit: one group an environment, encrypted with a key of its own, one
 * stream a container. Grafana shows it, and `kubectl logs` as long as the pod is there.
 *
 * Its namespace is privileged: what pods write is on the nodes' disks.
 *
 * Cost: ingestion and storage are billed by volume.
 */
export function podLogs(scope: Construct, facts: PlatformFacts): HelmChart {
  const group = new Construct(scope, "pod-logs");
  const { environment } = stackOf(group);
  const { region } = environment;
  const { name } = podLogGroup(environment);
  const key = new EncryptionKey(group, "key", {
    description: `What pods of ${environment.name} write`,
    alias: "pod-logs",
    services: [`logs.${region}.amazonaws.com`],
  });
  const logs = new LogGroup(group, "logs", { name, retentionDays: environment.cluster.logRetentionDays, key });
  const namespace = new PlatformNamespace(group, "namespace", { name: "pod-logs", podSecurity: "privileged" });
  const identity = new WorkloadIdentity(group, "identity", {
    name: "pod-logs",
    namespace: namespace.name,
    serviceAccount: SERVICE_ACCOUNT,
    clusterName: facts.clusterName,
  });
  identity.allow({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logs.arn}:*`] });
  const container = "$kubernetes['namespace_name'].$kubernetes['pod_name'].$kubernetes['container_name']";
  return new HelmChart(group, "chart", {
    chart: "aws-for-fluent-bit",
    namespace: namespace.name,
    after: identity.ready,
    values: {
      serviceAccount: { create: true, name: SERVICE_ACCOUNT },
      // The group is ours; made by Fluent Bit it would have neither key nor end.
      cloudWatchLogs: {
        enabled: true,
        region,
        logGroupName: name,
        logStreamTemplate: container,
        autoCreateGroup: false,
      },
      // Nodes that are set apart have pods as well.
      tolerations: [{ operator: "Exists" }],
      priorityClassName: "system-node-critical",
      resources: resources("50m", "128Mi"),
    },
  });
}
