import type { ApiClient } from "../api/api-client";
import { type Fields, fieldsOf, type OpenApiDocument } from "./schema";

/** A kind that the API server has. */
export interface Kind {
  /** For example `networking.k8s.io/v1`. */
  readonly apiVersion: string;
  /** For example `NetworkPolicy`. */
  readonly kind: string;
  readonly fields: Fields;
  /** For example `networkpolicies`. */
  readonly resource: string;
  readonly isNamespaced: boolean;
}

interface GroupList {
  readonly groups: readonly { readonly name: string; readonly versions: readonly { readonly version: string }[] }[];
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/** The kinds of one API server, each looked up once. */
export class Kinds {
  private readonly known = new Map<string, Promise<Kind | undefined>>();
  private readonly lists = new Map<string, Promise<ResourceList>>();
  private readonly documents = new Map<string, Promise<OpenApiDocument>>();
  private readonly groups = new Map<string, Promise<GroupList>>();

  constructor(private readonly client: ApiClient) {}

  /** The kind of a name in lower case, in whichever group has it; Kubernetes' own first. */
  find(name: string, version: string): Promise<Kind | undefined> {
    return once(this.known, `${name} ${version}`, () => this.lookUp(name, version));
  }

  private async lookUp(name: string, version: string): Promise<Kind | undefined> {
    for (const root of await this.rootsOf(version)) {
      const { resources } = await once(this.lists, root, () => this.client.get<ResourceList>(`/${root}`));
      const found = resources.find(({ kind, name: plural }) => kind.toLowerCase() === name && !plural.includes("/"));
      if (found === undefined) continue;
      const path = `/openapi/v3/${root}`;
      const document = await once(this.documents, path, () => this.client.get<OpenApiDocument>(path));
      const fields = fieldsOf(document, found.kind);
      if (fields === undefined) continue;
      const apiVersion = root.replace(/^apis?\//, "");
      return { apiVersion, kind: found.kind, fields, resource: found.name, isNamespaced: found.namespaced };
    }
    return undefined;
  }

  private async rootsOf(version: string): Promise<readonly string[]> {
    const { groups } = await once(this.groups, "/apis", () => this.client.get<GroupList>("/apis"));
    const having = groups.filter(({ versions }) => versions.some((one) => one.version === version));
    return [...(version === "v1" ? ["api/v1"] : []), ...having.map(({ name }) => `apis/${name}/${version}`)];
  }
}

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const asked = ask();
  known.set(key, asked);
  // What failed is asked again the next time.
  asked.catch(() => known.delete(key));
  return asked;
}
