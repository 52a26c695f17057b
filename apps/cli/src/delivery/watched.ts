import { type ApiClient, ARGO_CD_NAMESPACE, FLUX_NAMESPACE, reconcile, refresh } from "@paved/control-plane";
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
  /** Everything that is delivered, by name. */
  look(client: ApiClient, signal?: AbortSignal): Promise<readonly Delivered[]>;
  /** Has these looked at now. @throws ApiRefusal 404 for one that went meanwhile */
  tell(client: ApiClient, names: readonly string[]): Promise<void>;
}

/** One unit of a delivery as it is. */
export interface Delivered {
  readonly name: string;
  readonly status: DeliveryStatus;
}

interface Named {
  readonly metadata: { readonly name: string };
}

function among<T extends Named>(path: string, statusOf: (item: T) => DeliveryStatus): Watched["look"] {
  return async (client, signal) => {
    const { items } = await client.get<{ readonly items: readonly T[] }>(path, signal);
    return items.map((item) => ({ name: item.metadata.name, status: statusOf(item) }));
  };
}

/** What is watched, by what delivers. */
export const WATCHED: Readonly<Record<Deliverer, Watched>> = {
  "argo-cd": {
    noun: "application",
    well: "synced and healthy",
    folder: "_argocd",
    look: among<Application & Named>(
      `/apis/argoproj.io/v1alpha1/namespaces/${ARGO_CD_NAMESPACE}/applications`,
      deliveryStatus,
    ),
    tell: async (client, names) => void (await Promise.all(names.map((name) => refresh(client, name)))),
  },
  flux: {
    noun: "Kustomization",
    well: "ready",
    folder: "_flux",
    look: among<Kustomization & Named>(
      `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/kustomizations`,
      kustomizationStatus,
    ),
    tell: reconcile,
  },
};
