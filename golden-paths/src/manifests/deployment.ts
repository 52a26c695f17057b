import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import type { IIoK8sApiCoreV1Container as Container } from "kubernetes-models/v1/Container";
import { type Manifest, rendered } from "./manifest";
import { metadata, type PodFacts, selector } from "./pod-facts";

/** User and group that pods run as; above 10000, so it is nobody on the node (CKV_K8S_40). */
const RUN_AS = 10_001;

/**
 * The pods of a service, hardened as Pod Security "restricted" asks: not root, read-only root file system with a
 * writable `/tmp`, no capabilities, no service account token, seccomp on. Its number of replicas is left to the autoscaler.
 */
export function deployment(facts: PodFacts): Manifest {
  const model = new Deployment({
    metadata: metadata(facts),
    spec: {
      revisionHistoryLimit: 5,
      selector: { matchLabels: selector(facts) },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
      template: {
        metadata: { labels: metadata(facts).labels },
        spec: {
          serviceAccountName: facts.serviceAccountName,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 45,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: RUN_AS,
            runAsGroup: RUN_AS,
            fsGroup: RUN_AS,
            seccompProfile: { type: "RuntimeDefault" },
          },
          topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
            maxSkew: 1,
            topologyKey,
            whenUnsatisfiable: "ScheduleAnyway" as const,
            labelSelector: { matchLabels: selector(facts) },
            matchLabelKeys: ["pod-template-hash"],
          })),
          containers: [container(facts)],
          volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
        },
      },
    },
  });
  return rendered(model, facts.where);
}

function container(facts: PodFacts): Container {
  const size = facts.environment.workload.sizes[facts.size];
  return {
    name: facts.name,
    image: facts.image,
    imagePullPolicy: "Always",
    ports: [{ name: "http", containerPort: facts.port, protocol: "TCP" }],
    env: Object.entries({ NODE_ENV: "production", PORT: String(facts.port), ...facts.config }).map(([name, value]) => ({
      name,
      // Kubernetes replaces $(NAME) in values; doubled, it is text.
      value: value.replaceAll("$(", "$$$$("),
    })),
    envFrom: [
      { configMapRef: { name: facts.infrastructureConfig } },
      ...(facts.secrets.length > 0 ? [{ secretRef: { name: `${facts.name}-secrets` } }] : []),
    ],
    resources: {
      requests: { cpu: size.cpu, memory: size.memory, "ephemeral-storage": "256Mi" },
      limits: { cpu: size.cpuLimit, memory: size.memory, "ephemeral-storage": "1Gi" },
    },
    startupProbe: { httpGet: { path: facts.health.live, port: "http" }, periodSeconds: 2, failureThreshold: 30 },
    livenessProbe: { httpGet: { path: facts.health.live, port: "http" }, periodSeconds: 10, timeoutSeconds: 2 },
    readinessProbe: { httpGet: { path: facts.health.ready, port: "http" }, periodSeconds: 5, timeoutSeconds: 2 },
    // The load balancer needs a moment to stop sending requests to a pod that is about to end.
    lifecycle: { preStop: { sleep: { seconds: 10 } } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
}
