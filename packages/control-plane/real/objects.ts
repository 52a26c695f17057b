import type { ApiClient, KubernetesObject } from "../src";

/** A namespace with labels. */
export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

/** A pod of one container. */
export function pod(namespaceName: string, name: string, container: object = {}, spec: object = {}): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: namespaceName },
    spec: { containers: [{ name: "main", image: "registry.example.com/main:1", ...container }], ...spec },
  };
}

/** A deployment of so many pods. */
export function deployment(namespaceName: string, name: string, replicas: number): KubernetesObject {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: namespaceName },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "main", image: "registry.example.com/main:1" }] },
      },
    },
  };
}

/** Asks until the answer is as it should be, for a minute if nothing else is said. @returns the last answer */
export async function eventually<T>(
  ask: () => Promise<T>,
  isRight: (answer: T) => boolean,
  patience = 60_000,
): Promise<T> {
  let answer = await ask();
  for (const until = Date.now() + patience; !isRight(answer) && Date.now() < until; answer = await ask()) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return answer;
}

/** Pods of a namespace that are ready, by name. */
export async function readyPods(client: ApiClient, namespaceName: string): Promise<readonly string[]> {
  const { items } = await client.get<{
    items: { metadata: { name: string }; status: { conditions?: { type: string; status: string }[] } }[];
  }>(`/api/v1/namespaces/${namespaceName}/pods`);
  return items
    .filter(({ status }) => status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"))
    .map(({ metadata }) => metadata.name);
}
