import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import type { ApiAccess } from "./api/api-client";
import { decoded, encoded } from "./base64";
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
          cluster: { server: cluster.server, "certificate-authority-data": encoded(cluster.authority) },
        },
      ],
      contexts: accesses.map(({ context }) => ({ name: context, context: { cluster: cluster.name, user: context } })),
      users: accesses.map(({ context, certificate, key }) => ({
        name: context,
        user: { "client-certificate-data": encoded(certificate), "client-key-data": encoded(key) },
      })),
    },
    { lineWidth: 0 },
  );
}

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }];
  readonly users: readonly { readonly name: string; readonly user: Readonly<Record<string, string>> }[];
}

/**
 * What a context of a control plane's kubeconfig gives, with nothing that other contexts have.
 * @param context for example `dev-reader`
 * @returns undefined when there is no such context
 */
export function accessIn(file: string, context: string): ApiAccess | undefined {
  const { clusters, users } = parse(readFileSync(file, "utf8")) as Kubeconfig;
  const user = users.find(({ name }) => name === context)?.user;
  if (user === undefined) return undefined;
  const [{ cluster }] = clusters;
  return {
    server: cluster["server"]!,
    authority: decoded(cluster["certificate-authority-data"]),
    certificate: decoded(user["client-certificate-data"]),
    key: decoded(user["client-key-data"]),
  };
}
