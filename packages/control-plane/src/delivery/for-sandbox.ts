import { parseAllDocuments, stringify } from "yaml";
import type { KubernetesObject } from "../api/apply";

/** Which repository is named instead of which. */
export interface RepositorySwap {
  /** For example `https://git.paved.example.com/platform/paved.git`. */
  readonly from: string;
  /** For example `git://127.0.0.1:40123/delivery.git`. */
  readonly to: string;
}

/**
 * An object as the sandbox's Argo CD or Flux takes it: from another repository, which an Application syncs from and an AppProject
 * allows, or a GitRepository is, and at any time, since a rehearsal does not wait for the hours of an environment. All other objects, and all other
 * repositories, stay as they are.
 */
export function forSandbox<T extends KubernetesObject>(object: T, swap: RepositorySwap): T {
  if (object.kind === "GitRepository" && object.apiVersion.startsWith("source.toolkit.fluxcd.io/"))
    return repositoryForSandbox(object, swap);
  if (!object.apiVersion.startsWith("argoproj.io/")) return object;
  const spec = (object["spec"] ?? {}) as Readonly<Record<string, unknown>>;
  const other = (address: unknown): unknown => (address === swap.from ? swap.to : address);
  const source = (one: unknown): unknown =>
    typeof one === "object" && one !== null ? { ...one, repoURL: other((one as Source).repoURL) } : one;
  if (object.kind === "Application") {
    const sources = Array.isArray(spec["sources"]) ? { sources: spec["sources"].map(source) } : {};
    const single = spec["source"] === undefined ? {} : { source: source(spec["source"]) };
    return { ...object, spec: { ...spec, ...single, ...sources } };
  }
  if (object.kind !== "AppProject") return object;
  const { syncWindows: _atAnyTime, ...always } = spec;
  const allowed = Array.isArray(spec["sourceRepos"]) ? { sourceRepos: spec["sourceRepos"].map(other) } : {};
  return { ...object, spec: { ...always, ...allowed } };
}

/** A source of Flux that is the delivery repository is the sandbox's, which asks for no credentials. */
function repositoryForSandbox<T extends KubernetesObject>(object: T, { from, to }: RepositorySwap): T {
  const { secretRef: _none, ...open } = (object["spec"] ?? {}) as Readonly<Record<string, unknown>>;
  return open["url"] === from ? { ...object, spec: { ...open, url: to } } : object;
}

/** The same for a manifest as text, of one document or several; a text with nothing to replace stays as it is, to the byte. */
export function textForSandbox(text: string, swap: RepositorySwap): string {
  if (!text.includes(swap.from)) return text;
  const objects = parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject | null);
  const swapped = objects.map((object) => (isObject(object) ? forSandbox(object, swap) : object));
  if (JSON.stringify(swapped) === JSON.stringify(objects)) return text;
  return swapped.map((object) => stringify(object, { lineWidth: 0 })).join("---\n");
}

interface Source {
  readonly repoURL?: string;
}

function isObject(object: KubernetesObject | null): object is KubernetesObject {
  return typeof object?.apiVersion === "string" && typeof object.kind === "string";
}
