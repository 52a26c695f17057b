import { MAX_PODS } from "@paved/modules";

/** What pods ask for, or nodes give: CPU in thousandths of a core, memory in MiB, and how many pods. */
export interface Room {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}

/** Some pods that ask for nothing that counts. */
export const podsAlone = (pods: number): Room => ({ cpu: 0, memory: 0, pods });

export function times(count: number, { cpu, memory, pods }: Room): Room {
  return { cpu: cpu * count, memory: memory * count, pods: pods * count };
}

export function total(rooms: readonly Room[]): Room {
  return rooms.reduce(
    (sum, room) => ({
      cpu: sum.cpu + room.cpu,
      memory: sum.memory + room.memory,
      pods: sum.pods + room.pods,
    }),
    podsAlone(0),
  );
}

interface Requests {
  readonly cpu?: string | number;
  readonly memory?: string;
}

const MIB = { Ki: 1 / 1024, Mi: 1, Gi: 1024 } as const;

/** One pod with what its containers ask for together. */
export function podOf(containers: readonly (Requests | undefined)[]): Room {
  const cores = (cpu: string) => (cpu.endsWith("m") ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000);
  const mebibytes = (memory: string) => Number(memory.slice(0, -2)) * MIB[memory.slice(-2) as keyof typeof MIB];
  const asked = containers.map((requests) => ({
    cpu: requests?.cpu === undefined ? 0 : cores(String(requests.cpu)),
    memory: requests?.memory === undefined ? 0 : mebibytes(requests.memory),
    pods: 0,
  }));
  return { ...total(asked), pods: 1 };
}

/** vCPU and GiB (Amazon EC2 User Guide, "Specifications for general purpose instances"). */
const INSTANCES: Readonly<Record<string, { readonly cores: number; readonly gib: number }>> = {
  "m7g.large": { cores: 2, gib: 8 },
  "m7g.xlarge": { cores: 4, gib: 16 },
  "m7g.2xlarge": { cores: 8, gib: 32 },
};

/** Share of memory that the hypervisor and the kernel keep: what Karpenter assumes (VM_MEMORY_OVERHEAD_PERCENT, 0.075). */
const OVERHEAD = 0.075;
/** MiB below which the kubelet evicts pods (its default, `memory.available<100Mi`). */
const EVICTION = 100;

/**
 * What a node has left for pods. The kubelet keeps 6 % of the first core, 1 % of the second, 0.5 % of the next two and
 * 0.25 % of all others, and 255 MiB and 11 MiB a pod (awslabs/amazon-eks-ami, nodeadm/internal/kubelet/config.go).
 */
export function allocatable(instanceType: string): Room {
  const instance = INSTANCES[instanceType];
  if (instance === undefined) throw new Error(`put ${instanceType} into the table of instances`);
  const { cores, gib } = instance;
  const kept = Array.from({ length: cores }, (_, core) => [60, 10, 5, 5][core] ?? 2.5);
  return {
    cpu: cores * 1000 - kept.reduce((sum, millicores) => sum + millicores, 0),
    memory: gib * 1024 * (1 - OVERHEAD) - (255 + 11 * MAX_PODS) - EVICTION,
    pods: MAX_PODS,
  };
}
