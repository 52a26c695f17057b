import type { ApiClient } from "./api-client";

/** A kind of one group and version, as the API server lists it. */
export interface ApiResource {
  /** As it is in paths, for example `networkpolicies`. */
  readonly name: string;
  /** For example `NetworkPolicy`. */
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Which object. */
export interface ObjectName {
  readonly name: string;
  /** @default - the object has none */
  readonly namespace?: string;
}

/** What an API server has under which path; each list is asked for once. */
export class ApiResources {
  private readonly lists = new Map<string, Promise<{ readonly resources: readonly ApiResource[] }>>();

  constructor(private readonly client: ApiClient) {}

  /** The kind that fits. @param root for example `apis/apps/v1` @returns undefined when none does */
  async find(root: string, fits: (kind: string) => boolean): Promise<ApiResource | undefined> {
    const list = this.lists.get(root) ?? this.client.get<{ readonly resources: readonly ApiResource[] }>(`/${root}`);
    this.lists.set(root, list);
    // What failed is asked again the next time.
    list.catch(() => this.lists.delete(root));
    const { resources } = await list;
    return resources.find(({ kind, name }) => fits(kind) && !name.includes("/"));
  }

  /** Where an object is. @throws TypeError when the API server has no such kind */
  async pathOf(
    { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
    { name, namespace }: ObjectName,
  ): Promise<string> {
    const root = apiVersion.includes("/") ? `apis/${apiVersion}` : `api/${apiVersion}`;
    const found = await this.find(root, (one) => one === kind);
    if (found === undefined) throw new TypeError(`the API server has no kind ${kind} in ${apiVersion}`);
    const place = found.namespaced ? `/namespaces/${encodeURIComponent(namespace ?? "default")}` : "";
    return `/${root}${place}/${found.name}/${encodeURIComponent(name)}`;
  }
}
