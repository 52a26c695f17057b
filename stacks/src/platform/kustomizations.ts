import { type Manifest, platformKustomization, serviceKustomization } from "@paved/golden-paths";
import type { Environment, ServiceMetadata } from "@paved/model";

/**
 * What tells Flux what to deliver: a Kustomization for the platform and for each service that has something to deliver. One
 * without a folder would fail. Whose namespace it may write to is no manifest: the service's stack says so.
 *
 * @param services those with manifests in this environment
 */
export function kustomizationManifests(
  environment: Environment,
  services: readonly ServiceMetadata[],
): readonly Manifest[] {
  return [platformKustomization(environment), ...services.map((service) => serviceKustomization(environment, service))];
}
