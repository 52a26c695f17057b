import { repositoryChart } from "@paved/model";
import type { KubernetesObject } from "../api/apply";
import type { RepositorySwap } from "./for-sandbox";
import { sandboxObjects } from "./sandbox-objects";

/** The repository's own chart, which makes the objects of its values: what a deliverer begins with. */
const OBJECTS = repositoryChart("objects");
/** The chart of Flux, which makes accounts and their rights beside it. */
const FLUX = "flux2";
/** What brings credentials is not needed here: the sandbox's repository asks for none. */
const CREDENTIALS = "external-secrets.io/";

interface Root {
  readonly resource?: {
    readonly helm_release?: Readonly<Record<string, { readonly chart: string; readonly values?: readonly string[] }>>;
  };
}

interface Values {
  readonly objects?: readonly KubernetesObject[];
  readonly extraObjects?: readonly KubernetesObject[];
}

/**
 * What delivers to an environment begins with, as the sandbox takes it: for Argo CD its projects and first applications, for Flux
 * the accounts, their rights, the delivery repository and the first Kustomization.
 * @param roots the OpenTofu roots of the environment
 */
export function bootstrapObjects(roots: readonly string[], swap: RepositorySwap): readonly KubernetesObject[] {
  const rights = valuesOf(roots, FLUX).flatMap(({ extraObjects = [] }) => extraObjects);
  const first = valuesOf(roots, OBJECTS).flatMap(({ objects = [] }) => objects);
  return [...rights.filter(({ apiVersion }) => !apiVersion.startsWith(CREDENTIALS)), ...sandboxObjects(first, swap)];
}

function valuesOf(roots: readonly string[], chart: string): readonly Values[] {
  return roots
    .flatMap((json) => Object.values((JSON.parse(json) as Root).resource?.helm_release ?? {}))
    .filter((release) => release.chart === chart)
    .flatMap(({ values = [] }) => values.map((text) => JSON.parse(text) as Values));
}
