import { Construct } from "constructs";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { WorkloadIdentity } from "../../workload-identity/workload-identity";
import { HelmChart } from "../helm-chart";
import { type MonitoredFacts, REPLICAS, resources } from "./facts";

/** Service account of the controller, which its identity is bound to. */
const SERVICE_ACCOUNT = "external-secrets";

function identify(scope: Construct, namespace: string, clusterName: string): WorkloadIdentity {
  const { name, region, account } = stackOf(scope).environment;
  const secrets = `arn:aws:secretsmanager:${region}:${account}:secret:paved/${name}/*`;
  const identity = new WorkloadIdentity(scope, "identity", {
    name: "external-secrets",
    namespace,
    serviceAccount: SERVICE_ACCOUNT,
    clusterName,
  });
  identity.allow({
    actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue", "secretsmanager:ListSecretVersionIds"],
    resources: [secrets],
  });
  // Keys of those secrets are the services' own: named by what they decrypt instead of one by one.
  identity.allow({
    actions: ["kms:Decrypt"],
    resources: [`arn:aws:kms:${region}:${account}:key/*`],
    conditions: {
      StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
      ArnLike: { "kms:EncryptionContext:SecretARN": secrets },
    },
  });
  return identity;
}

/**
 * External Secrets, which hands secrets of Secrets Manager to pods by reference. It may read the secrets below
 * `paved/<environment>/` and no others.
 */
export function externalSecrets(scope: Construct, facts: MonitoredFacts): HelmChart {
  const group = new Construct(scope, "external-secrets");
  const namespace = new PlatformNamespace(group, "namespace", { name: "external-secrets" });
  const identity = identify(group, namespace.name, facts.clusterName);
  const available = { podDisruptionBudget: { enabled: true, minAvailable: 1 }, replicaCount: REPLICAS };
  return new HelmChart(group, "chart", {
    chart: "external-secrets",
    namespace: namespace.name,
    after: [facts.monitoring.release, ...identity.ready],
    values: {
      installCRDs: true,
      ...available,
      // Without it two pods would both write.
      leaderElect: true,
      serviceAccount: { create: true, name: SERVICE_ACCOUNT },
      resources: resources("50m", "128Mi"),
      serviceMonitor: { enabled: true },
      webhook: { ...available, resources: resources("25m", "64Mi") },
      certController: { ...available, resources: resources("25m", "128Mi") },
    },
  });
}
