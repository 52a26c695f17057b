import type { ApiClient } from "../src";

/** How many pods a deployment is told to have. */
export async function replicasOf(client: ApiClient, namespaceName: string, name: string): Promise<number> {
  const { spec } = await client.get<{ spec: { replicas: number } }>(pathOf(namespaceName, name));
  return spec.replicas;
}

/** Tells it to have so many, as whoever edits it by hand does. */
export async function scale(client: ApiClient, namespaceName: string, name: string, replicas: number): Promise<void> {
  await client.send({
    method: "PATCH",
    path: pathOf(namespaceName, name),
    body: { spec: { replicas } },
    contentType: "application/merge-patch+json",
  });
}

function pathOf(namespaceName: string, name: string): string {
  return `/apis/apps/v1/namespaces/${namespaceName}/deployments/${name}`;
}
