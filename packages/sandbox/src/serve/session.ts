import { rmSync } from "node:fs";
import path from "node:path";
import type { Cluster } from "../cluster/cluster";
import type { SchemaCache } from "../schema/cache";
import type { BlockSchema } from "../schema/model";
import { PROVIDER_NAMES, providerAddress, type ProviderName, type SchemaKind } from "../schema/providers";
import type { ObjectStore } from "../store/object-store";
import { ProviderConnection } from "./connection";
import { ProviderEndpoint } from "./endpoint";
import type { Outages } from "./outage";
import type { SessionSchemas } from "./session-schemas";
import { makeSocketDirectory } from "./socket-directory";

/** The providers while they are served to one stack's run. */
export interface SandboxSession {
  /** The value of `TF_REATTACH_PROVIDERS` for OpenTofu. */
  readonly reattach: string;
  /** Stops serving. */
  close(): Promise<void>;
}

/** What to serve: see `Sandbox.session`. */
export interface SessionOptions {
  readonly stack: string;
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
  /** Calls that a service does not answer. @default - it answers all */
  readonly outages?: Outages;
}

/** Starts the three providers, each on a socket of its own. @throws PavedError PVD3002 */
export async function openSession(
  options: SessionOptions,
  schemas: SchemaCache,
  store: ObjectStore,
  cluster: Cluster | undefined,
): Promise<SandboxSession> {
  const served = PROVIDER_NAMES.map((provider) => schemasOf(provider, options, schemas));
  const directory = makeSocketDirectory();
  const endpoints = await Promise.all(
    served.map((provided) =>
      ProviderEndpoint.listen(
        path.join(directory, `${provided.provider}.sock`),
        () => new ProviderConnection(provided, store, options.stack, options.outages, cluster),
      ),
    ),
  );
  const reattach = served.map(({ provider }, index) => [providerAddress(provider), endpoints[index]!.reattach]);
  return {
    reattach: JSON.stringify(Object.fromEntries(reattach)),
    async close() {
      await Promise.all(endpoints.map((endpoint) => endpoint.close()));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function schemasOf(provider: ProviderName, options: SessionOptions, schemas: SchemaCache): SessionSchemas {
  const ours = (types: readonly string[], kind: SchemaKind): Map<string, BlockSchema> =>
    new Map(types.filter((type) => type.startsWith(`${provider}_`)).map((type) => [type, schemas.type(type, kind)]));
  return {
    provider,
    config: schemas.provider(provider),
    resources: ours(options.resources, "resource"),
    dataSources: ours(options.dataSources, "data"),
  };
}
