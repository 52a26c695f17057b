import type { ApiClient, KubernetesObject } from "../src";

/** A ConfigMap. */
export function configuration(namespaceName: string, data: object, name = "settings"): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: namespaceName }, data };
}

/** ConfigMaps of a namespace, by name, without the one that Kubernetes puts into each. */
export async function configurationsIn(client: ApiClient, namespaceName: string): Promise<readonly string[]> {
  const { items } = await client.get<{ items: { metadata: { name: string } }[] }>(
    `/api/v1/namespaces/${namespaceName}/configmaps`,
  );
  return items.map(({ metadata }) => metadata.name).filter((name) => name !== "kube-root-ca.crt");
}
