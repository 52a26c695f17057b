import type { Environment } from "@paved/model";
import type { HelmValue } from "../values";

const NAME = "delivery-repository";

/**
 * What Argo CD reads the delivery repository with: External Secrets copies it from Secrets Manager, and keeps it as it is
 * there. Argo CD could not deliver this by itself, so it comes with Argo CD's own release. Where it is read from is told
 * apart from the store of services, which is delivered.
 */
export function deliveryCredentials(
  { name, region, delivery }: Pick<Environment, "name" | "region" | "delivery">,
  namespace: string,
): readonly HelmValue[] {
  const apiVersion = "external-secrets.io/v1";
  return [
    {
      apiVersion,
      kind: "SecretStore",
      metadata: { name: NAME, namespace },
      spec: { provider: { aws: { service: "SecretsManager", region } } },
    },
    {
      apiVersion,
      kind: "ExternalSecret",
      metadata: { name: NAME, namespace },
      spec: {
        refreshInterval: "15m",
        secretStoreRef: { kind: "SecretStore", name: NAME },
        dataFrom: [{ extract: { key: `paved/${name}/${delivery.credentials}` } }],
        target: {
          name: NAME,
          creationPolicy: "Owner",
          template: {
            // Beside what was read: by the label Argo CD finds it, by the address it knows what it is for.
            mergePolicy: "Merge",
            metadata: { labels: { "argocd.argoproj.io/secret-type": "repository" } },
            data: { type: "git", url: delivery.repository },
          },
        },
      },
    },
  ];
}
