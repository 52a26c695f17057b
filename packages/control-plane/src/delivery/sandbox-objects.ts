import { parse } from "yaml";
import type { KubernetesObject } from "../api/apply";
import { forSandbox, type RepositorySwap } from "./for-sandbox";

/**
 * The first objects of a delivery as the sandbox takes them: those that come from the delivery repository come from the sandbox's,
 * and those that come from elsewhere, as the Gateway API does, are left out, since they cannot be fetched. One that names no
 * repository is left for the API server to judge.
 */
export function sandboxObjects(
  objects: readonly KubernetesObject[],
  swap: RepositorySwap,
): readonly KubernetesObject[] {
  const elsewhere = objects.filter((object) => isFromElsewhere(object, swap.from));
  const left = objects.filter((object) => !elsewhere.includes(object) && !elsewhere.some(isSourceOf(object)));
  return left.map((object) => forSandbox(object, swap));
}

/**
 * Values of a release as the sandbox takes them: what is in their list `objects`, as {@link sandboxObjects} has it. All other
 * values stay as they are, to the byte.
 * @param text in YAML; what cannot be read is left for Helm to refuse
 */
export function valuesForSandbox(text: string, swap: RepositorySwap): string {
  const values = readable(text);
  if (!Array.isArray(values?.objects) || !values.objects.every(isObject)) return text;
  return JSON.stringify({ ...values, objects: sandboxObjects(values.objects, swap) });
}

function readable(text: string): { readonly objects?: unknown } | null {
  try {
    return parse(text) as { readonly objects?: unknown } | null;
  } catch {
    return null;
  }
}

function isFromElsewhere(object: KubernetesObject, repository: string): boolean {
  const spec = (object["spec"] ?? {}) as Spec;
  switch (kindOf(object)) {
    case "argoproj.io Application":
      return sourcesOf(spec).some((source) => (source?.repoURL ?? repository) !== repository);
    case "argoproj.io AppProject":
      return Array.isArray(spec.sourceRepos) && ![repository, "*"].some((one) => spec.sourceRepos!.includes(one));
    case "source.toolkit.fluxcd.io GitRepository":
      return (spec.url ?? repository) !== repository;
    default:
      return false;
  }
}

function sourcesOf({ source, sources }: Spec): readonly Source[] {
  return Array.isArray(sources) ? (sources as readonly Source[]) : [source];
}

/** Whether something is the source that a Kustomization names. */
function isSourceOf(object: KubernetesObject): (source: KubernetesObject) => boolean {
  if (kindOf(object) !== "kustomize.toolkit.fluxcd.io Kustomization") return () => false;
  const { kind, name, namespace = object.metadata.namespace } = (object["spec"] as Spec | undefined)?.sourceRef ?? {};
  return ({ kind: its, metadata }) => its === kind && metadata.name === name && metadata.namespace === namespace;
}

/** For example `argoproj.io Application`, whichever version. */
function kindOf({ apiVersion, kind }: KubernetesObject): string {
  return `${apiVersion.split("/")[0]} ${kind}`;
}

function isObject(it: unknown): it is KubernetesObject {
  const { apiVersion, kind, metadata } = (it ?? {}) as Partial<KubernetesObject>;
  return (
    typeof apiVersion === "string" && typeof kind === "string" && typeof metadata === "object" && metadata !== null
  );
}

type Source = { readonly repoURL?: string } | null | undefined;

interface Spec {
  readonly source?: Source;
  readonly sources?: unknown;
  readonly sourceRepos?: readonly string[];
  readonly url?: string;
  readonly sourceRef?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
}
