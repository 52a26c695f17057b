import type { ApiClient } from "../../api/api-client";
import { annotate } from "../annotate";
import { FLUX_NAMESPACE } from "./namespace";

/**
 * Has Flux fetch what is delivered, and apply Kustomizations, now and not when it would the next time.
 * @param kustomizations their names
 * @throws ApiRefusal when one of them is not there, or its user may not change it
 */
export async function reconcile(client: ApiClient, kustomizations: readonly string[]): Promise<void> {
  const requested = { "reconcile.fluxcd.io/requestedAt": new Date().toISOString() };
  const ask = (group: string, kinds: string, name: string): Promise<void> => {
    const path = `/apis/${group}.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/${kinds}/${encodeURIComponent(name)}`;
    return annotate(client, path, requested);
  };
  // The source of all Kustomizations of an environment is called as Flux itself calls its first one.
  await ask("source", "gitrepositories", FLUX_NAMESPACE);
  await Promise.all(kustomizations.map((name) => ask("kustomize", "kustomizations", name)));
}
