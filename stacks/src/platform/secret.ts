import { ExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import { SECRET_STORE } from "@paved/golden-paths";
import type { Environment } from "@paved/model";

/** A Secret of the platform's own, as External Secrets makes it. */
export interface PlatformSecret {
  readonly name: string;
  readonly namespace: string;
  /** What it holds: names in Secrets Manager below `paved/<environment>/platform/`, by key. */
  readonly data: Readonly<Record<string, string>>;
}

/** Copies secrets of the platform's from Secrets Manager into a namespace. Only their names are in Git. */
export function platformSecret({ name }: Environment, secret: PlatformSecret): ExternalSecret {
  return new ExternalSecret({
    metadata: { name: secret.name, namespace: secret.namespace },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: SECRET_STORE,
      target: { name: secret.name, creationPolicy: "Owner" },
      data: Object.entries(secret.data).map(([secretKey, reference]) => ({
        secretKey,
        remoteRef: { key: `paved/${name}/platform/${reference}` },
      })),
    },
  });
}
