import type { Environment } from "@paved/model";
import type { HelmValue } from "../values";

/** The secret in the cluster. */
export const DELIVERY_CREDENTIALS = "delivery-repository";

type Place = Pick<Environment, "name" | "region" | "delivery">;

/**
 * What Argo CD reads the delivery repository with: External Secrets copies it from Secrets Manager, and keeps it as it is
 * there. Argo CD could not deliver this by itself, so it comes with Argo CD's own release. Where it is read from is told
 * apart from the store of services, which is delivered.
 */
export function deliveryCredentials(environment: Place, namespace: string): readonly HelmValue[] {
  return copied(environment, namespace, {
    template: {
      // Beside what was read: by the label Argo CD finds it, by the address it knows what it is for.
      mergePolicy: "Merge",
      metadata: { labels: { "argocd.argoproj.io/secret-type": "repository" } },
      data: { type: "git", url: environment.delivery.repository },
    },
  });
}

/** The same for Flux, whose repository names the secret. */
export function fluxCredentials(environment: Place, namespace: string): readonly HelmValue[] {
  return copied(environment, namespace, {});
}

function copied(
  { name, region, delivery }: Place,
  namespace: string,
  own: Readonly<Record<string, HelmValue>>,
): readonly HelmValue[] {
  const apiVersion = "external-secrets.io/v1";
  return [
    {
      apiVersion,
      kind: "SecretStore",
      metadata: { name: DELIVERY_CREDENTIALS, namespace },
      spec: { provider: { aws: { service: "SecretsManager", region } } },
    },
    {
      apiVersion,
      kind: "ExternalSecret",
      metadata: { name: DELIVERY_CREDENTIALS, namespace },
      spec: {
        refreshInterval: "15m",
        secretStoreRef: { kind: "SecretStore", name: DELIVERY_CREDENTIALS },
        dataFrom: [{ extract: { key: `paved/${name}/${delivery.credentials}` } }],
        target: { name: DELIVERY_CREDENTIALS, creationPolicy: "Owner", ...own },
      },
    },
  ];
}
