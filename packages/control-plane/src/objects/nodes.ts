import type { ApiClient } from "../api/api-client";
import type { KubernetesObject } from "../api/apply";

/** Zones that nodes are spread over; workloads are spread by this label. */
const ZONES = ["a", "b", "c"] as const;

/** As much as one `m7g.xlarge` has. */
const CAPACITY = { cpu: "4", memory: "16Gi", pods: "58", "ephemeral-storage": "50Gi" } as const;

/** As few simulated nodes as a control plane may have, which is what it has by default: one a zone. */
export const FEWEST_NODES = ZONES.length;

/** As many as it may have: their pods alone would be more than one machine can play. */
export const MOST_NODES = 100;

/** Nodes that KWOK plays, spread evenly over the zones of the region. */
export function simulatedNodes(environment: string, region: string, count: number): readonly KubernetesObject[] {
  return Array.from({ length: count }, (_, index) => {
    const zone = ZONES[index % ZONES.length]!;
    const round = Math.floor(index / ZONES.length) + 1;
    const name = round === 1 ? `paved-${environment}-${zone}` : `paved-${environment}-${zone}-${round}`;
    return {
      apiVersion: "v1",
      kind: "Node",
      metadata: {
        name,
        labels: {
          "kubernetes.io/arch": "arm64",
          "kubernetes.io/hostname": name,
          "kubernetes.io/os": "linux",
          "node.kubernetes.io/instance-type": "m7g.xlarge",
          "topology.kubernetes.io/region": region,
          "topology.kubernetes.io/zone": `${region}${zone}`,
        },
      },
    };
  });
}

/** What those nodes offer. Their status is a part of its own, which nobody sets with the node. */
export function nodeStatuses(nodes: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return nodes.map(({ apiVersion, kind, metadata: { name } }) => ({
    apiVersion,
    kind,
    metadata: { name },
    status: { capacity: CAPACITY, allocatable: CAPACITY },
  }));
}

/** Names of the simulated nodes that an environment has already. */
export async function existingNodes(client: ApiClient, environment: string): Promise<readonly string[]> {
  const { items } = await client.get<{ readonly items: readonly { readonly metadata: { readonly name: string } }[] }>(
    "/api/v1/nodes",
  );
  return items.map(({ metadata }) => metadata.name).filter((name) => name.startsWith(`paved-${environment}-`));
}

/** How many nodes there were when one of these was made: one that somebody deleted is missed. */
export function countFor(names: readonly string[]): number {
  const places = names.map((name) => {
    const [, zone = "", round = "1"] = /-([a-z])(?:-(\d+))?$/.exec(name) ?? [];
    return (Number(round) - 1) * ZONES.length + ZONES.findIndex((each) => each === zone) + 1;
  });
  return Math.max(0, ...places);
}
