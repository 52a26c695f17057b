import type { KubernetesObject } from "../api/apply";
import type { KeyPair } from "../certificates/authority";
import { ARGO_CD_NAMESPACE } from "./refresh";
import { type DeliverySecrets, READER_ACCOUNT } from "./secrets";
import { unjudgedHealth } from "./unjudged";

/** Seconds after which Argo CD asks the repository again: a push is noticed by itself within them. */
export const RECONCILIATION_SECONDS = 10;

const PART_OF = { "app.kubernetes.io/part-of": "argocd" };

/** What Argo CD's settings are made of. */
export interface SettingsProps {
  /** Address of its API. */
  readonly address: string;
  readonly secrets: DeliverySecrets;
  /** What its API is known by. */
  readonly serving: KeyPair;
}

/**
 * Argo CD's settings as it reads them: nobody is let in without a token, and the only account may read. What the project
 * `default` allows is nothing, so that whatever is delivered says which project it is of.
 */
export function argoCdSettings({ address, secrets, serving }: SettingsProps): readonly KubernetesObject[] {
  const { id, iat } = secrets.token;
  return [
    config("argocd-cm", {
      url: address,
      "admin.enabled": "false",
      "users.anonymous.enabled": "false",
      [`accounts.${READER_ACCOUNT}`]: "apiKey",
      "application.resourceTrackingMethod": "annotation",
      "timeout.reconciliation": `${RECONCILIATION_SECONDS}s`,
      "timeout.reconciliation.jitter": "0s",
      ...unjudgedHealth(),
    }),
    config("argocd-rbac-cm", { "policy.default": "", "policy.csv": `g, ${READER_ACCOUNT}, role:readonly\n` }),
    // What it would say is said by the flags of the processes, which no pod is made from here.
    config("argocd-cmd-params-cm", {}),
    config("argocd-ssh-known-hosts-cm", {}),
    config("argocd-tls-certs-cm", {}),
    config("argocd-gpg-keys-cm", {}),
    secret("argocd-secret", "Opaque", {
      "server.secretkey": secrets.signingKey,
      [`accounts.${READER_ACCOUNT}.tokens`]: JSON.stringify([{ id, iat }]),
      [`accounts.${READER_ACCOUNT}.enabled`]: "true",
    }),
    secret("argocd-server-tls", "kubernetes.io/tls", { "tls.crt": serving.certificate, "tls.key": serving.key }),
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: "default", namespace: ARGO_CD_NAMESPACE },
      spec: {
        description: "Allows nothing: what is delivered is of a project of its own",
        sourceRepos: [],
        destinations: [],
        clusterResourceWhitelist: [],
      },
    },
  ];
}

function config(name: string, data: Readonly<Record<string, string>>): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: metadataOf(name), data };
}

function secret(name: string, type: string, values: Readonly<Record<string, string>>): KubernetesObject {
  const encoded = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString("base64")]);
  return { apiVersion: "v1", kind: "Secret", metadata: metadataOf(name), type, data: Object.fromEntries(encoded) };
}

function metadataOf(name: string): KubernetesObject["metadata"] {
  return { name, namespace: ARGO_CD_NAMESPACE, labels: { ...PART_OF, "app.kubernetes.io/name": name } };
}
