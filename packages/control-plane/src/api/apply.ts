import type { ApiClient } from "./api-client";
import { ApiResources } from "./resources";

/** An object as Kubernetes has it, whatever its kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** How objects are applied. */
export interface ApplyOptions {
  /** Who the fields belong to from then on. */
  readonly fieldManager: string;
  /** The part that is applied, for example `status`. @default - the object itself */
  readonly subresource?: string;
  /** Look, and change nothing. @default false */
  readonly dryRun?: boolean;
  /** Take fields that somebody else has applied; without it they are a conflict. @default true */
  readonly force?: boolean;
  /** Ends it before the next object. @default - nothing does */
  readonly signal?: AbortSignal;
}

/**
 * Applies objects by server-side apply, in their order, with every field checked against the API server's schema. What
 * is there as it should be stays as it is; fields that somebody else has taken are taken back.
 * @throws ApiRefusal with the API server's words for the first that it does not take, or the reason of the signal
 */
export async function applyObjects(
  client: ApiClient,
  objects: readonly KubernetesObject[],
  options: ApplyOptions,
): Promise<void> {
  const resources = new ApiResources(client);
  for (const object of objects) await applyObject(client, resources, object, options);
}

/** Applies one object. @returns as the API server has it then @throws as {@link applyObjects} does */
export async function applyObject<T extends KubernetesObject>(
  client: ApiClient,
  resources: ApiResources,
  object: KubernetesObject,
  { fieldManager, subresource, dryRun = false, force = true, signal }: ApplyOptions,
): Promise<T> {
  signal?.throwIfAborted();
  const part = subresource === undefined ? "" : `/${subresource}`;
  const query = new URLSearchParams({ fieldManager, force: String(force), fieldValidation: "Strict" });
  if (dryRun) query.set("dryRun", "All");
  return client.send<T>({
    method: "PATCH",
    path: `${await resources.pathOf(object, object.metadata)}${part}?${query}`,
    body: object,
    contentType: "application/apply-patch+yaml",
    signal,
  });
}
