import { PavedError } from "@paved/model";
import type { ApiClient } from "../api/api-client";
import type { KubernetesObject } from "../api/apply";
import type { EnvironmentFolder } from "../site";

interface NodeList {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly taints?: readonly object[] };
    readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  }[];
}

/** How many nodes there are, and how many of them take pods. */
export interface NodeCount {
  readonly nodes: number;
  readonly ready: number;
}

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/** Counts nodes; one that is ready and still has a taint takes no pods yet. */
export async function countNodes(client: ApiClient): Promise<NodeCount> {
  const { items } = await client.get<NodeList>("/api/v1/nodes");
  const ready = items.filter(
    ({ spec, status }) =>
      (spec.taints ?? []).length === 0 &&
      (status.conditions ?? []).some((condition) => condition.type === "Ready" && condition.status === "True"),
  );
  return { nodes: items.length, ready: ready.length };
}

/**
 * Waits until every node takes pods.
 * @throws PavedError PVD9002 when that takes more than a minute
 */
export async function awaitNodes(client: ApiClient, folder: EnvironmentFolder, nodes: readonly KubernetesObject[]) {
  let count: NodeCount = { nodes: 0, ready: 0 };
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    count = await countNodes(client);
    if (count.ready >= nodes.length) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new PavedError({
    code: "PVD9002",
    where: `${folder.environment} kwok`,
    got: `${count.ready} of ${nodes.length} nodes that take pods after ${PATIENCE_MS / 1000} s`,
    want: "all of them",
    fix: `run paved sandbox logs --env ${folder.environment} --component kwok`,
  });
}
