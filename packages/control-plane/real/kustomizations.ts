import { type ApiClient, type DeliveryAddress, FLUX_NAMESPACE, type KubernetesObject } from "../src";
import { eventually } from "./objects";

/** As long as a busy machine may take to sync. */
const SYNCING_MS = 120_000;
const SOURCE = "delivery";
const PATH = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/kustomizations`;

/** The repository, asked every few seconds. */
export function gitRepository({ repository, branch }: DeliveryAddress): KubernetesObject {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: SOURCE, namespace: FLUX_NAMESPACE },
    spec: { url: repository, ref: { branch }, interval: "5s", timeout: "20s" },
  };
}

/** An account that may do in its one namespace what is delivered, and nothing anywhere else. */
export function account(name: string): readonly KubernetesObject[] {
  const api = "rbac.authorization.k8s.io";
  const metadata = { name: "deliverer", namespace: name };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: FLUX_NAMESPACE } },
    {
      apiVersion: `${api}/v1`,
      kind: "Role",
      metadata,
      rules: [
        { apiGroups: [""], resources: ["configmaps"], verbs: ["*"] },
        { apiGroups: ["apps"], resources: ["deployments"], verbs: ["*"] },
        { apiGroups: ["apps"], resources: ["replicasets"], verbs: ["get", "list", "watch"] },
        { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
      ],
    },
    {
      apiVersion: `${api}/v1`,
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: api, kind: "Role", name: metadata.name },
      subjects: [{ kind: "ServiceAccount", name, namespace: FLUX_NAMESPACE }],
    },
  ];
}

/** What delivers a folder to a namespace as that account. */
export function kustomization(name: string, own: object = {}): KubernetesObject {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      serviceAccountName: name,
      sourceRef: { kind: "GitRepository", name: SOURCE },
      path: `./gitops/${name}`,
      interval: "5s",
      retryInterval: "5s",
      timeout: "1m",
      prune: true,
      wait: true,
      ...own,
    },
  };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** What Flux says of a Kustomization. */
export interface KustomizationStatus {
  readonly lastAppliedRevision?: string;
  readonly conditions?: readonly Condition[];
}

/** What it says as soon as it is right, or the last word after two minutes. */
export function statusOnce(
  client: ApiClient,
  name: string,
  isRight: (status: KustomizationStatus) => boolean,
): Promise<KustomizationStatus> {
  const ask = async (): Promise<KustomizationStatus> =>
    (await client.get<{ readonly status?: KustomizationStatus }>(`${PATH}/${name}`)).status ?? {};
  return eventually(ask, isRight, SYNCING_MS);
}

/** Whether it says that it is ready. */
export function readyCondition({ conditions = [] }: KustomizationStatus): Condition | undefined {
  return conditions.find(({ type }) => type === "Ready");
}

/** Waits until a commit runs, and all of it is ready. */
export async function runs(client: ApiClient, name: string, revision: string): Promise<void> {
  const isThere = (status: KustomizationStatus): boolean =>
    readyCondition(status)?.status === "True" && status.lastAppliedRevision?.endsWith(revision) === true;
  const status = await statusOnce(client, name, isThere);
  expect({ ready: readyCondition(status), revision: status.lastAppliedRevision }).toMatchObject({
    ready: { status: "True", reason: "ReconciliationSucceeded" },
    revision: `delivery@sha1:${revision}`,
  });
}

/** Waits until it fails, and says with what words. */
export async function failsWith(client: ApiClient, name: string, words: RegExp): Promise<void> {
  const status = await statusOnce(client, name, (now) => words.test(readyCondition(now)?.message ?? ""));
  expect(readyCondition(status)).toMatchObject({ status: "False", message: expect.stringMatching(words) });
}
