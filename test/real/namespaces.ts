import type { KubernetesObject } from "@paved/control-plane";
import type { Fleet } from "@paved/pipeline";

interface Metadata {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface Root {
  readonly resource?: { readonly kubernetes_namespace_v1?: Readonly<Record<string, { readonly metadata: Metadata }>> };
}

/** The namespaces that OpenTofu makes in an environment, with their labels, as the API server gets them. */
export function namespacesOf({ stacks }: Fleet, environment: string): readonly KubernetesObject[] {
  const roots = stacks.filter((stack) => stack.environment === environment).map(({ json }) => JSON.parse(json) as Root);
  return roots
    .flatMap(({ resource }) => Object.values(resource?.kubernetes_namespace_v1 ?? {}))
    .map(({ metadata: { name, labels } }) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } }));
}
