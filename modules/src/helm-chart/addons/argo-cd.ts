import { Construct } from "constructs";
import { PlatformNamespace } from "../../namespace/platform-namespace";
import { stackOf } from "../../stack/paved-stack";
import { HelmChart } from "../helm-chart";
import type { HelmValue } from "../values";
import { ARGO_CD_NAMESPACE } from "./argo-cd-bootstrap";
import { deliveryCredentials } from "./delivery-credentials";
import { type MonitoredFacts, REPLICAS, resources } from "./facts";

/** Highly available Redis puts its three pods on three nodes. */
const NODES_FOR_REDIS_HA = 3;

const monitored = { enabled: true, serviceMonitor: { enabled: true } };

function component(cpu: string, memory: string, replicas?: number): Record<string, HelmValue> {
  return {
    resources: resources(cpu, memory),
    metrics: monitored,
    ...(replicas === undefined ? {} : { replicas, pdb: { enabled: true, minAvailable: 1 } }),
  };
}

/** {@link MonitoredFacts} of Argo CD, which reads its repository with a secret. */
export interface ArgoCdFacts extends MonitoredFacts {
  /** What `externalSecrets` gave. */
  readonly externalSecrets: HelmChart;
}

/**
 * Argo CD, which delivers every workload from Git. There is no admin user, whoever signs in may read and nothing more
 * unless a project says so, and the server is reached inside the cluster only. It reads the delivery repository with what
 * Secrets Manager has for it. Highly available where there are nodes enough for it.
 */
export function argoCd(scope: Construct, facts: ArgoCdFacts): HelmChart {
  const group = new Construct(scope, "argo-cd");
  const namespace = new PlatformNamespace(group, "namespace", { name: ARGO_CD_NAMESPACE });
  const { environment } = stackOf(group);
  const { nodes } = environment.cluster;
  const highlyAvailable = nodes.min >= NODES_FOR_REDIS_HA;
  return new HelmChart(group, "chart", {
    chart: "argo-cd",
    namespace: namespace.name,
    after: [facts.monitoring.release, facts.externalSecrets.release],
    values: {
      crds: { install: true, keep: true },
      extraObjects: deliveryCredentials(environment, ARGO_CD_NAMESPACE),
      global: { networkPolicy: { create: true } },
      configs: {
        cm: {
          "admin.enabled": false,
          "users.anonymous.enabled": false,
          "application.resourceTrackingMethod": "annotation",
        },
        rbac: { "policy.default": "role:readonly", scopes: "[groups]" },
      },
      // Until an identity provider is set up, people read through the Kubernetes API (`argocd --core`).
      dex: { enabled: false },
      controller: component("250m", "1Gi"),
      server: component("100m", "256Mi", REPLICAS),
      repoServer: {
        ...component("250m", "512Mi", REPLICAS),
        serviceAccount: { create: true, name: "argocd-repo-server", automountServiceAccountToken: false },
      },
      applicationSet: component("100m", "256Mi", REPLICAS),
      notifications: component("50m", "128Mi"),
      redis: { enabled: !highlyAvailable, resources: resources("100m", "256Mi") },
      "redis-ha": { enabled: highlyAvailable },
      redisSecretInit: { resources: resources("50m", "128Mi") },
    },
  });
}
