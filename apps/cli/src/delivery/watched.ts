import {
  type ApiClient,
  APPLICATIONS,
  endSync,
  FLUX_NAMESPACE,
  isNotThere,
  isPassing,
  onceStarted,
  reconcile,
  refresh,
} from "@paved/control-plane";
import type { Deliverer } from "@paved/model";
import {
  type Application,
  type DeliveryStatus,
  deliveryStatus,
  type Kustomization,
  kustomizationStatus,
} from "@paved/workloads";

/** So often, and no more, what delivers is told to look. */
export const REFRESH_MS = 5_000;

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
  /** Whether it cannot go, since a sync of it goes on. */
  readonly isHeld: boolean;
  /** The commit that it is at, with no sync going on of another one. @default - there is none, or it is at none yet */
  readonly settledAt?: string;
  /** What is said of it, also by a sync that goes on. @default - nothing */
  readonly message?: string;
}

interface Named {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
}

type Seen = Omit<Delivered, "name" | "isGoing">;

function among<T extends Named>(path: string, seen: (item: T, isGoing: boolean) => Seen): Watched["look"] {
  return async (client, signal) => {
    const { items } = await client.get<{ readonly items: readonly T[] }>(path, signal);
    return items.map((item) => {
      const isGoing = item.metadata.deletionTimestamp !== undefined;
      return { name: item.metadata.name, isGoing, ...seen(item, isGoing) };
    });
  };
}

function seenApplication(application: Application, isGoing: boolean): Seen {
  const status = deliveryStatus(application);
  const { operation, status: { operationState } = {} } = application;
  const isSettled = operation === undefined || operationState?.syncResult?.revision === status.revision;
  return {
    status,
    // Before a sync has begun there is nothing that could be ended.
    isHeld: isGoing && operation !== undefined && operationState !== undefined,
    settledAt: isSettled ? status.revision : undefined,
    message: status.message ?? operationState?.message,
  };
}

function seenKustomization(kustomization: Kustomization): Seen {
  const status = kustomizationStatus(kustomization);
  // What cannot be applied prunes nothing, and what is on its way has not yet.
  const settledAt = status.sync === "Synced" ? status.revision : undefined;
  return { status, isHeld: false, settledAt, message: status.message };
}

/**
 * Has everything go that is told to go, and cannot while a sync of it goes on: whoever waits for the first one waits for these as well.
 * @throws as `tellThem` does
 */
export async function releaseHeld(by: Deliverer, client: ApiClient, delivered: readonly Delivered[]): Promise<void> {
  const held = delivered.filter(({ isHeld }) => isHeld);
  await tellThem(client, () => Promise.all(held.map(({ name }) => WATCHED[by].release(client, name))));
}

/**
 * Tells something to whatever delivers. What went meanwhile, and who does not answer, is told the next time.
 * @throws ApiRefusal for anything else that is refused
 */
export async function tellThem(client: ApiClient, tell: () => Promise<unknown>, signal?: AbortSignal): Promise<void> {
  try {
    await onceStarted(client, tell, signal);
  } catch (error) {
    // Who stops it is told by the wait.
    if (signal?.aborted !== true && !isPassing(error) && !isNotThere(error)) throw error;
  }
}

/** What is watched, by what delivers. */
export const WATCHED: Readonly<Record<Deliverer, Watched>> = {
  "argo-cd": {
    noun: "application",
    well: "synced and healthy",
    folder: "_argocd",
    first: "paved.applications",
    look: among<Application & Named>(APPLICATIONS, seenApplication),
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
      seenKustomization,
    ),
    tell: reconcile,
    // A Kustomization is at nothing that would keep it.
    release: async () => {},
  },
};
