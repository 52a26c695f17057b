import type { ReleasedEnvironment } from "@paved/environments";
import { didYouMean, type Finding } from "@paved/model";
import type { LoadedService } from "./services";

/** PVD1020 for each digest of a service that the fleet does not have: what it was meant for waits for an image. */
export function strayReleases(
  environments: readonly ReleasedEnvironment[],
  services: readonly LoadedService[],
): readonly Finding[] {
  const known = services.map(({ definition }) => definition.metadata.name);
  return environments.flatMap(({ environment, releases }) =>
    Object.keys(releases)
      .filter((name) => !known.includes(name))
      .map((name) => ({
        code: "PVD1020" as const,
        where: `environments/${environment.name}/releases.json ${name}`,
        got: "a digest of a service that the fleet does not have",
        want: "services of the fleet",
        fix: `${didYouMean(name, known)}, or remove the line`,
      })),
  );
}
