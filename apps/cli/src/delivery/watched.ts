import { type ApiClient, ARGO_CD_NAMESPACE, endSync, FLUX_NAMESPACE, reconcile, refresh } from "@paved/control-plane";
import type { Deliverer } from "@paved/model";
import {
  type Application,
  type DeliveryStatus,
  deliveryStatus,
  type Kustomization,
  kustomizationStatus,
} from "@paved/workloads";

/** How it is seen what becomes of a delivery, by whatever delivers. */
export interface Watched {
  /** What one unit of it is called. */
  readonly noun: string;
  /** What one is that is as it should be. */
  readonly well: string;
  /** Folder with what tells it what to deliver. */
  readonly folder: string;
  /** The one that brings all others. */
  readonly first: string;
  /** Everything that is delivered, by name. */
  look(client: ApiClient, signal?: AbortSignal): Promise<readonly Delivered[]>;
  /** Has these looked at now. @throws ApiRefusal 404 for one that went meanwhile */
  tell(client: ApiClient, names: readonly string[]): Promise<void>;
  /** Ends what keeps one that is held. @throws ApiRefusal 404 when it went meanwhile */
  release(client: ApiClient, name: string): Promise<void>;
}

/** One unit of a delivery as it is. */
export interface Delivered {
  readonly name: string;
  readonly status: DeliveryStatus;
  /** Whether it was told to go. */
  readonly isGoing: boolean;
  /** Whether it cannot go, since it is at something. */
  readonly isHeld: boolean;
}

interface Named {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  /** What it is at. @default - nothing */
  readonly operation?: object;
}

function among<T extends Named>(path: string, statusOf: (item: T) => DeliveryStatus): Watched["look"] {
  return async (client, signal) => {
    const { items } = await client.get<{ readonly items: readonly T[] }>(path, signal);
    return items.map((item) => {
      const { name, deletionTimestamp } = item.metadata;
      const isGoing = deletionTimestamp !== undefined;
      return { name, status: statusOf(item), isGoing, isHeld: isGoing && item.operation !== undefined };
    });
  };
}

/** What is watched, by what delivers. */
export const WATCHED: Readonly<Record<Deliverer, Watched>> = {
  "argo-cd": {
    noun: "application",
    well: "synced and healthy",
    folder: "_argocd",
    first: "paved.applications",
    look: among<Application & Named>(
      `/apis/argoproj.io/v1alpha1/namespaces/${ARGO_CD_NAMESPACE}/applications`,
      deliveryStatus,
    ),
    tell: async (client, names) => void (await Promise.all(names.map((name) => refresh(client, name)))),
    release: endSync,
  },
  flux: {
    noun: "Kustomization",
    well: "ready",
    folder: "_flux",
    first: FLUX_NAMESPACE,
    look: among<Kustomization & Named>(
      `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/kustomizations`,
      kustomizationStatus,
    ),
    tell: reconcile,
    // A Kustomization is at nothing that would keep it.
    release: async () => {},
  },
};
