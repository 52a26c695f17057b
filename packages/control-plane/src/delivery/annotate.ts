import type { ApiClient } from "../api/api-client";

/**
 * Says something to whoever watches an object.
 * @param path of the object
 * @throws ApiRefusal when there is none, or its user may not change it
 */
export async function annotate(
  client: ApiClient,
  path: string,
  annotations: Readonly<Record<string, string>>,
): Promise<void> {
  await mergePatch(client, path, { metadata: { annotations } });
}

/** Changes some fields of an object. @throws ApiRefusal when there is none, or its user may not change it */
export async function mergePatch(client: ApiClient, path: string, body: object): Promise<void> {
  await client.send({ method: "PATCH", path, body, contentType: "application/merge-patch+json" });
}
