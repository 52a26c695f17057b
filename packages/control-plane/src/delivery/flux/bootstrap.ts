import type { KubernetesObject } from "../../api/apply";
import { forSandbox, type RepositorySwap } from "../for-sandbox";
import { releasesIn } from "../releases-in";
import { FLUX_NAMESPACE } from "./namespace";

interface FluxValues {
  readonly extraObjects?: readonly KubernetesObject[];
}

interface SyncValues {
  readonly gitRepository: { readonly spec: { readonly url: string } };
  readonly kustomization: { readonly spec: object };
}

/** What brings credentials is not needed here: the sandbox's repository asks for none. */
const CREDENTIALS = "external-secrets.io/";

/**
 * What the charts `flux2` and `flux2-sync` make of the values that an environment's stacks give them, since they cannot be
 * fetched: accounts and their rights, and the delivery repository with the first Kustomization, as the sandbox takes them. What
 * comes from elsewhere, as the Gateway API does, has to be there already.
 * @param roots the OpenTofu roots of the environment
 */
export function fluxBootstrapObjects(roots: readonly string[], swap: RepositorySwap): readonly KubernetesObject[] {
  const rights = releasesIn<FluxValues>(roots, "flux2").flatMap(({ values }) => values.extraObjects ?? []);
  const synced = releasesIn<SyncValues>(roots, "flux2-sync").filter(
    ({ values }) => values.gitRepository.spec.url === swap.from,
  );
  return [
    ...rights.filter(({ apiVersion }) => !apiVersion.startsWith(CREDENTIALS)),
    ...synced.flatMap(({ name, values: { gitRepository, kustomization } }) => {
      const metadata = { name, namespace: FLUX_NAMESPACE };
      const sourceRef = { kind: "GitRepository", name };
      return [
        forSandbox(
          { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository", metadata, spec: gitRepository.spec },
          swap,
        ),
        {
          apiVersion: "kustomize.toolkit.fluxcd.io/v1",
          kind: "Kustomization",
          metadata,
          spec: { ...kustomization.spec, sourceRef },
        },
      ];
    }),
  ];
}
