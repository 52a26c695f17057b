import type { IIoK8sApiCoreV1Volume as Volume } from "kubernetes-models/v1/Volume";
import type { IIoK8sApiCoreV1VolumeMount as VolumeMount } from "kubernetes-models/v1/VolumeMount";

/** Files that a pod finds: where they come from, where they are, and the variables that say so. */
export interface MountedFiles {
  readonly volume: Volume;
  readonly mount: VolumeMount;
  /** Environment variables, by name. */
  readonly variables: Readonly<Record<string, string>>;
}
