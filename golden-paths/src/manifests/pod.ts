import type { IIoK8sApiCoreV1Container as Container } from "kubernetes-models/v1/Container";
import type { IIoK8sApiCoreV1PodTemplateSpec as PodTemplate } from "kubernetes-models/v1/PodTemplateSpec";
import { certificateVolume, TLS_VARIABLES } from "./certificate";
import { metadata, type PodFacts, type PodPort, selector } from "./pod-facts";

/** User and group that pods run as; above 10000, so it is nobody on the node (CKV_K8S_40). */
const RUN_AS = 10_001;

/**
 * A pod, hardened as Pod Security "restricted" asks: not root, read-only root file system with a writable `/tmp`, no
 * capabilities, no service account token, seccomp on.
 */
export function podTemplate(facts: PodFacts): PodTemplate & { spec: NonNullable<PodTemplate["spec"]> } {
  return {
    metadata: { labels: metadata(facts).labels },
    spec: {
      serviceAccountName: facts.serviceAccountName,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: facts.graceSeconds,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: RUN_AS,
        runAsGroup: RUN_AS,
        fsGroup: RUN_AS,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [container(facts)],
      volumes: [
        { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
        ...(facts.certified ? [certificateVolume(facts).volume] : []),
      ],
    },
  };
}

/** Keeps the pods of a Deployment on different zones and nodes, where there are some. */
export function spread(facts: Pick<PodFacts, "name">) {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway" as const,
    labelSelector: { matchLabels: selector(facts) },
    matchLabelKeys: ["pod-template-hash"],
  }));
}

function container(facts: PodFacts): Container {
  const { cpu, memory, cpuLimit } = facts.resources;
  return {
    name: facts.name,
    image: facts.image,
    imagePullPolicy: "Always",
    ports: ports(facts).map(({ name, number }) => ({ name, containerPort: number, protocol: "TCP" as const })),
    env: Object.entries({ ...facts.variables, ...(facts.certified ? TLS_VARIABLES : {}) }).map(([name, value]) => ({
      name,
      // Kubernetes replaces $(NAME) in values; doubled, it is text.
      value: value.replaceAll("$(", "$$$$("),
    })),
    envFrom: [
      { configMapRef: { name: facts.infrastructureConfig } },
      ...(facts.secrets.length > 0 ? [{ secretRef: { name: `${facts.name}-secrets` } }] : []),
    ],
    resources: {
      requests: { cpu, memory, "ephemeral-storage": "256Mi" },
      limits: { cpu: cpuLimit, memory, "ephemeral-storage": "1Gi" },
    },
    ...probes(facts),
    ...(facts.drainSeconds > 0 ? { lifecycle: { preStop: { sleep: { seconds: facts.drainSeconds } } } } : {}),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }, ...(facts.certified ? [certificateVolume(facts).mount] : [])],
  };
}

function ports({ port, metricsPort, healthPort }: PodFacts): readonly PodPort[] {
  const served = port === undefined || port.number === metricsPort.number ? [metricsPort] : [port, metricsPort];
  return healthPort === undefined ? served : [...served, healthPort];
}

function probes({ probes: asked }: PodFacts): Pick<Container, "startupProbe" | "livenessProbe" | "readinessProbe"> {
  if (asked === undefined) return {};
  return {
    startupProbe: { ...asked.live, periodSeconds: 2, failureThreshold: 30 },
    livenessProbe: { ...asked.live, periodSeconds: 10, timeoutSeconds: 2 },
    readinessProbe: { ...asked.ready, periodSeconds: 5, timeoutSeconds: 2 },
  };
}
