import type { IIoK8sApiCoreV1Container as Container } from "kubernetes-models/v1/Container";
import type { IIoK8sApiCoreV1PodTemplateSpec as PodTemplate } from "kubernetes-models/v1/PodTemplateSpec";
import { externalSecretName } from "./access";
import { certificateFiles } from "./certificate";
import { databaseAuthorityFiles } from "./database-authority";
import type { MountedFiles } from "./mounted-files";
import { metadata, type PodFacts, type PodPort, selector } from "./pod-facts";
import { secretFiles } from "./secret-files";

/** User and group that pods run as; above 10000, so it is nobody on the node (CKV_K8S_40). */
const RUN_AS = 10_001;

/** What Pod Security "restricted" asks of a pod. */
export const POD_SECURITY = {
  runAsNonRoot: true,
  runAsUser: RUN_AS,
  runAsGroup: RUN_AS,
  fsGroup: RUN_AS,
  seccompProfile: { type: "RuntimeDefault" },
} as const;

/** What it asks of each container, and a root file system that nothing is written to. */
export const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
};

/**
 * A pod, hardened as Pod Security "restricted" asks: not root, read-only root file system with a writable `/tmp`, no
 * capabilities, no service account token, seccomp on.
 */
export function podTemplate(facts: PodFacts): PodTemplate & { spec: NonNullable<PodTemplate["spec"]> } {
  return {
    metadata: {
      labels: metadata(facts).labels,
      // Pods read what OpenTofu writes when they start: where there is more to read, new ones have to.
      annotations: { "paved.dev/settings": facts.settings },
    },
    spec: {
      serviceAccountName: facts.serviceAccountName,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: facts.graceSeconds,
      securityContext: POD_SECURITY,
      containers: [container(facts)],
      volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }, ...filesOf(facts).map(({ volume }) => volume)],
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

function filesOf(facts: PodFacts): readonly MountedFiles[] {
  return [
    ...(facts.certified ? [certificateFiles(facts)] : []),
    ...(facts.trustsDatabases ? [databaseAuthorityFiles(facts)] : []),
    ...(facts.secrets.length > 0 ? [secretFiles(facts)] : []),
  ];
}

type Variables = Readonly<Record<string, string>>;

function container(facts: PodFacts): Container {
  const { cpu, memory, cpuLimit } = facts.resources;
  const files = filesOf(facts);
  return {
    name: facts.name,
    image: facts.image,
    imagePullPolicy: "Always",
    ports: ports(facts).map(({ name, number }) => ({ name, containerPort: number, protocol: "TCP" as const })),
    env: Object.entries(
      Object.assign({}, facts.variables, ...files.map(({ variables }) => variables)) as Variables,
    ).map(([name, value]) => ({
      name,
      // Kubernetes replaces $(NAME) in values; doubled, it is text.
      value: value.replaceAll("$(", "$$$$("),
    })),
    envFrom: [
      { configMapRef: { name: facts.infrastructureConfig } },
      ...(facts.secrets.length > 0 ? [{ secretRef: { name: externalSecretName(facts) } }] : []),
    ],
    resources: {
      requests: { cpu, memory, "ephemeral-storage": "256Mi" },
      limits: { cpu: cpuLimit, memory, "ephemeral-storage": "1Gi" },
    },
    ...probes(facts),
    ...(facts.drainSeconds > 0 ? { lifecycle: { preStop: { sleep: { seconds: facts.drainSeconds } } } } : {}),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }, ...files.map(({ mount }) => mount)],
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
