import { type ApiClient, ARGO_CD_NAMESPACE, type DeliveryAddress, type KubernetesObject } from "../src";
import { eventually } from "./objects";

/** As long as a busy machine may take to sync. */
const SYNCING_MS = 120_000;
const IN_CLUSTER = "https://kubernetes.default.svc";
const PATH = `/apis/argoproj.io/v1alpha1/namespaces/${ARGO_CD_NAMESPACE}/applications`;

/** A project that allows its one namespace, and no kind of the whole cluster. */
export function project(name: string, { repository }: DeliveryAddress): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name, namespace: ARGO_CD_NAMESPACE },
    spec: {
      sourceRepos: [repository],
      destinations: [{ server: IN_CLUSTER, namespace: name }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [{ group: "*", kind: "*" }],
    },
  };
}

/** An application of that project, as golden paths render it: its folder to its namespace, by itself. */
export function application(name: string, { repository, branch }: DeliveryAddress, own: object = {}): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name, namespace: ARGO_CD_NAMESPACE },
    spec: {
      project: name,
      source: { repoURL: repository, targetRevision: branch, path: `gitops/${name}` },
      destination: { server: IN_CLUSTER, namespace: name },
      syncPolicy: {
        automated: { prune: true, selfHeal: true, allowEmpty: false },
        syncOptions: ["ApplyOutOfSyncOnly=true", "CreateNamespace=false", "PruneLast=true", "ServerSideApply=true"],
        retry: { limit: -1, refresh: true, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
      },
      ...own,
    },
  };
}

/** What Argo CD says of an application. */
export interface ApplicationStatus {
  readonly sync?: { readonly status: string; readonly revision?: string };
  readonly health?: { readonly status: string };
  /** When it was looked at last, in whole seconds. */
  readonly reconciledAt?: string;
  readonly conditions?: readonly { readonly type: string; readonly message: string }[];
  readonly operationState?: {
    readonly phase: string;
    readonly message?: string;
    readonly retryCount?: number;
    readonly syncResult?: { readonly resources?: readonly { readonly name: string; readonly message?: string }[] };
  };
}

/** What it says as soon as it is right, or the last word after two minutes. */
export function statusOnce(
  client: ApiClient,
  name: string,
  isRight: (status: ApplicationStatus) => boolean,
): Promise<ApplicationStatus> {
  const ask = async (): Promise<ApplicationStatus> =>
    (await client.get<{ readonly status?: ApplicationStatus }>(`${PATH}/${name}`)).status ?? {};
  return eventually(ask, isRight, SYNCING_MS);
}

/** Waits until a commit runs, and all of it is healthy. */
export async function runs(client: ApiClient, name: string, revision: string): Promise<void> {
  const {
    sync,
    health,
    conditions = [],
  } = await statusOnce(
    client,
    name,
    (status) =>
      status.sync?.revision === revision && status.sync.status === "Synced" && status.health?.status === "Healthy",
  );
  expect({ ...sync, health: health?.status, conditions }).toMatchObject({
    status: "Synced",
    revision,
    health: "Healthy",
    conditions: [],
  });
}

/** Everything that it says, in one text. */
export function words(status: ApplicationStatus): string {
  return JSON.stringify([status.conditions, status.operationState]);
}
