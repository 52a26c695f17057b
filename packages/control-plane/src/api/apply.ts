import type { ApiClient } from "./api-client";

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
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/**
 * Applies objects by server-side apply, in their order, with every field checked against the API server's schema. What
 * is there as it should be stays as it is; fields that somebody else has taken are taken back.
 * @throws ApiRefusal with the API server's words for the first that it does not take
 */
export async function applyObjects(
  client: ApiClient,
  objects: readonly KubernetesObject[],
  { fieldManager, subresource, dryRun = false }: ApplyOptions,
): Promise<void> {
  const known = new Map<string, Promise<ResourceList>>();
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object;
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const list = known.get(root) ?? client.get<ResourceList>(root);
    known.set(root, list);
    const found = (await list).resources.find((one) => one.kind === kind && !one.name.includes("/"));
    if (found === undefined) throw new TypeError(`the API server has no kind ${kind} in ${apiVersion}`);
    const place = found.namespaced ? `/namespaces/${metadata.namespace ?? "default"}` : "";
    const part = subresource === undefined ? "" : `/${subresource}`;
    const query = new URLSearchParams({ fieldManager, force: "true", fieldValidation: "Strict" });
    if (dryRun) query.set("dryRun", "All");
    await client.send({
      method: "PATCH",
      path: `${root}${place}/${found.name}/${encodeURIComponent(metadata.name)}${part}?${query}`,
      body: object,
      contentType: "application/apply-patch+yaml",
    });
  }
}
