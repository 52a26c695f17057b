import { podOf, podsAlone, type Room, times, total } from "./room";

interface PodSpec {
  readonly containers: readonly { readonly resources?: { readonly requests?: object } }[];
}
interface Template {
  readonly template: { readonly spec: PodSpec };
}

/** A manifest as synth wrote it, as far as it says how many pods there are of which size. */
export interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: Partial<Template> & {
    readonly replicas?: number;
    readonly minReplicas?: number;
    readonly minReplicaCount?: number;
    readonly scaleTargetRef?: { readonly name: string };
    readonly jobTemplate?: { readonly spec: Template };
  };
}

const pod = ({ template }: Partial<Template>): Room =>
  template === undefined ? podsAlone(0) : podOf(template.spec.containers.map(({ resources }) => resources?.requests));

/** What delivered pods ask for when nothing is scaled up, every job running. */
export function deliveredRoom(manifests: readonly Workload[]): Room {
  const fewest = (workload: Workload) => {
    const scaler = manifests.find(
      ({ metadata, spec }) =>
        spec?.scaleTargetRef?.name === workload.metadata.name && metadata.namespace === workload.metadata.namespace,
    );
    return scaler?.spec?.minReplicas ?? scaler?.spec?.minReplicaCount ?? workload.spec?.replicas ?? 1;
  };
  return total(
    manifests.map((manifest) => {
      const { kind, spec } = manifest;
      if (kind === "Deployment") return times(fewest(manifest), pod(spec ?? {}));
      if (kind === "Job") return pod(spec ?? {});
      if (kind === "CronJob") return pod(spec?.jobTemplate?.spec ?? {});
      return podsAlone(0);
    }),
  );
}
