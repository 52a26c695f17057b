import type { ApiAccess } from "@paved/control-plane";
import type { FleetIndex, PavedError } from "@paved/model";

/** Where a service is looked for. */
export interface WantedClusters {
  /** Environments that it is in, as far as they were chosen. */
  readonly environments: readonly string[];
  /** What was chosen by name. @default - nothing, so that all are meant */
  readonly chosen?: readonly string[];
  /** The team that owns it. */
  readonly owner: string;
  readonly index: FleetIndex;
}

/** The cluster of an environment, and who reads it. */
export interface ReadableCluster {
  readonly environment: string;
  /** Who reads: a context of the kubeconfig. */
  readonly context: string;
  readonly access: ApiAccess;
  readonly remedy: {
    /** What helps somebody who is refused. */
    refused(service: string): string;
    /** What is said when no answer comes. @default - the error itself: a control plane that runs answers */
    unreachable?(error: Error): PavedError;
  };
}
