import { stringify } from "yaml";
import type { KeyPair } from "./certificates/authority";

/** One way into an API server. */
export interface Access extends KeyPair {
  /** Name of the context and of its user, for example `dev-reader`. */
  readonly context: string;
}

/** Which API server. */
export interface Cluster {
  /** For example `paved-sandbox-dev`. */
  readonly name: string;
  /** For example `https://127.0.0.1:40123`. */
  readonly server: string;
  /** The authority that its certificate is held against, as PEM. */
  readonly authority: string;
}

/** A kubeconfig that needs no other file, with a context an access; the first is used when nobody names one. */
export function kubeconfigOf(cluster: Cluster, accesses: readonly Access[]): string {
  return stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      "current-context": accesses[0]!.context,
      clusters: [
        {
          name: cluster.name,
          cluster: { server: cluster.server, "certificate-authority-data": base64(cluster.authority) },
        },
      ],
      contexts: accesses.map(({ context }) => ({ name: context, context: { cluster: cluster.name, user: context } })),
      users: accesses.map(({ context, certificate, key }) => ({
        name: context,
        user: { "client-certificate-data": base64(certificate), "client-key-data": base64(key) },
      })),
    },
    { lineWidth: 0 },
  );
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
