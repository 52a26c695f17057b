import type { ServiceStack } from "@paved/golden-paths";
import { didYouMean, type Finding } from "@paved/model";
import type { LoadedService } from "./services";

/** The team that makes the platform. */
const PLATFORM_TEAM = "platform";

/**
 * PVD1031 for each deviation that a team answers for, or agreed to, which owns nothing in the fleet.
 * @param stacks those of all services that could be built
 */
export function unknownTeams(stacks: readonly ServiceStack[], services: readonly LoadedService[]): readonly Finding[] {
  const teams = [
    ...new Set([PLATFORM_TEAM, ...services.map(({ definition }) => definition.metadata.owner)]),
  ].toSorted();
  return stacks
    .flatMap(({ deviations }) => deviations)
    .flatMap((deviation) => (["owner", "approvedBy"] as const).map((field) => ({ ...deviation, field })))
    .filter((deviation) => !teams.includes(deviation[deviation.field]))
    .map((deviation) => ({
      code: "PVD1031" as const,
      where: `${deviation.source} deviate ${deviation.field}`,
      got: JSON.stringify(deviation[deviation.field]),
      want: "a team that owns a service, or platform",
      fix: didYouMean(deviation[deviation.field], teams),
    }));
}
