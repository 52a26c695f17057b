import type { KubernetesObject } from "@paved/control-plane";

interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly object[]; readonly serviceAccountName?: string };
}

interface Workload {
  readonly spec?: {
    readonly template?: PodTemplate;
    readonly jobTemplate?: { readonly spec: { readonly template: PodTemplate } };
  };
}

/** The pod that a controller would make for a workload. @returns undefined for what makes no pods */
export function podOf(object: KubernetesObject): KubernetesObject | undefined {
  const { spec } = object as Workload;
  const template = spec?.jobTemplate?.spec.template ?? spec?.template;
  if (template?.spec?.containers === undefined) return undefined;
  const { name, namespace } = object.metadata;
  const metadata = { name: `${name}-pod`.slice(0, 63), namespace, labels: template.metadata?.labels };
  return { apiVersion: "v1", kind: "Pod", metadata, spec: template.spec };
}

/** The service account that a pod runs as, which it is not admitted without. */
export function accountOf(pod: KubernetesObject): KubernetesObject {
  const { serviceAccountName: name = "default" } = pod["spec"] as PodTemplate["spec"];
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: pod.metadata.namespace } };
}

/** The same pod with every container privileged. */
export function privileged(pod: KubernetesObject): KubernetesObject {
  const { containers, ...spec } = pod["spec"] as PodTemplate["spec"];
  const securityContext = { privileged: true };
  return { ...pod, spec: { ...spec, containers: containers.map((container) => ({ ...container, securityContext })) } };
}
