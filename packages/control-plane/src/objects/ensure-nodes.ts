import type { ApiClient } from "../api/api-client";
import { applyObjects, type KubernetesObject } from "../api/apply";
import { countFor, existingNodes, FEWEST_NODES, nodeStatuses, simulatedNodes } from "./nodes";

/** Which nodes an environment is to have. */
export interface WantedNodes {
  readonly environment: string;
  readonly region: string;
  /** @default - as many as there are, or the fewest */
  readonly nodes?: number;
}

/**
 * Has an environment have exactly its simulated nodes. The pods of one that goes are made anew elsewhere by their controllers,
 * where there is room.
 */
export async function ensureNodes(
  client: ApiClient,
  { environment, region, nodes: asked }: WantedNodes,
  fieldManager: string,
): Promise<readonly KubernetesObject[]> {
  const there = await existingNodes(client, environment);
  const nodes = simulatedNodes(environment, region, asked ?? Math.max(countFor(there), FEWEST_NODES));
  await applyObjects(client, nodes, { fieldManager });
  await applyObjects(client, nodeStatuses(nodes), { fieldManager, subresource: "status" });
  const wanted = new Set(nodes.map(({ metadata }) => metadata.name));
  for (const name of there.filter((one) => !wanted.has(one)))
    await client.send({ method: "DELETE", path: `/api/v1/nodes/${name}` });
  return nodes;
}
