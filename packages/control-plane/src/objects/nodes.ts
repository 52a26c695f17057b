import type { KubernetesObject } from "../api/apply";

/** Zones that nodes are spread over; workloads are spread by this label. */
const ZONES = ["a", "b", "c"] as const;

/** As much as one `m7g.xlarge` has. */
const CAPACITY = { cpu: "4", memory: "16Gi", pods: "58", "ephemeral-storage": "50Gi" } as const;

/** Nodes that KWOK plays: one a zone of the region. */
export function simulatedNodes(environment: string, region: string): readonly KubernetesObject[] {
  return ZONES.map((zone) => {
    const name = `paved-${environment}-${zone}`;
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
