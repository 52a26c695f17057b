import { type Manifest, platformApplication, serviceApplication, teamProject } from "@paved/golden-paths";
import type { Environment, ServiceMetadata } from "@paved/model";

/**
 * What tells Argo CD what to deliver: a project for each team, and an application for the platform and for each service
 * that has something to deliver. An application without a folder would fail.
 *
 * @param services those with manifests in this environment
 */
export function applicationManifests(
  environment: Environment,
  services: readonly ServiceMetadata[],
): readonly Manifest[] {
  const teams = [...new Set(services.map(({ owner }) => owner))].toSorted();
  const of = (team: string) => services.filter(({ owner }) => owner === team).map(({ name }) => name);
  return [
    ...teams.map((team) => teamProject(environment, team, of(team))),
    platformApplication(environment),
    ...services.map((service) => serviceApplication(environment, service)),
  ];
}
