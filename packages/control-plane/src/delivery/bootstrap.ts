import type { KubernetesObject } from "../api/apply";
import { ARGO_CD_NAMESPACE } from "./refresh";
import { forSandbox, type RepositorySwap } from "./for-sandbox";
import { releasesIn } from "./releases-in";

/** The chart that brings Argo CD its first applications and projects. */
const CHART = "argocd-apps";

type Specs = Readonly<Record<string, { readonly namespace?: string } & Readonly<Record<string, unknown>>>>;

/**
 * What the chart `argocd-apps` makes of the values that an environment's stacks give it, since the chart itself cannot be
 * fetched: the projects, and the applications that come from the delivery repository, as the sandbox takes them. What comes from
 * elsewhere, as the Gateway API does, has to be there already.
 * @param roots the OpenTofu roots of the environment
 */
export function bootstrapObjects(roots: readonly string[], swap: RepositorySwap): readonly KubernetesObject[] {
  const releases = releasesIn<{ readonly projects?: Specs; readonly applications?: Specs }>(roots, CHART);
  const all = releases.flatMap(({ values: { projects = {}, applications = {} } }) => [
    ...objects("AppProject", projects),
    ...objects("Application", applications),
  ]);
  return all.filter((object) => isOf(object, swap.from)).map((object) => forSandbox(object, swap));
}

function objects(kind: string, specs: Specs): readonly KubernetesObject[] {
  return Object.entries(specs).map(([name, { namespace = ARGO_CD_NAMESPACE, ...spec }]) => ({
    apiVersion: "argoproj.io/v1alpha1",
    kind,
    metadata: { name, namespace },
    spec,
  }));
}

function isOf({ kind, spec }: KubernetesObject, repository: string): boolean {
  if (kind === "Application") return (spec as { source?: { repoURL?: string } }).source?.repoURL === repository;
  return (spec as { sourceRepos?: readonly string[] }).sourceRepos?.includes(repository) === true;
}
