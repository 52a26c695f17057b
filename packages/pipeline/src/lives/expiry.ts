import type { EnvironmentEntry, Finding, FleetIndex } from "@paved/model";
import { daysBetween } from "../deviations/expiry";

/** An ephemeral environment, and how long it still has. */
export interface TimedEnvironment extends Required<Pick<EnvironmentEntry, "name" | "ephemeral">> {
  /** Days until it expires, counted from the day of the check; 0 and less when it has. */
  readonly daysLeft: number;
}

/** Days before the end that `paved check` begins to tell of it. */
const WARNING_DAYS = 7;

/** Every ephemeral environment, in order. */
export function ephemeralEnvironments(
  { environments }: Pick<FleetIndex, "environments">,
  today: string,
): readonly TimedEnvironment[] {
  return environments.flatMap(({ name, ephemeral }) =>
    ephemeral === undefined ? [] : [{ name, ephemeral, daysLeft: daysBetween(today, ephemeral.expires) }],
  );
}

/** PVD2203 for each that has expired. */
export function expiredEnvironments(environments: readonly TimedEnvironment[]): readonly Finding[] {
  return environments
    .filter(({ daysLeft }) => daysLeft <= 0)
    .map(({ name, ephemeral }) => ({
      code: "PVD2203",
      where: `environments/src/${name}.ts ephemeral.expires`,
      got: `${ephemeral.expires}, which is over; ${ephemeral.owner} owns it`,
      want: "an environment that has a day yet, or is gone",
      fix: `paved destroy --env ${name} --live, then paved remove-environment ${name} --live; or have its end moved`,
    }));
}

/** What has expired, or is about to, in words. */
export function environmentWarnings(environments: readonly TimedEnvironment[]): readonly string[] {
  return environments
    .filter(({ daysLeft }) => daysLeft <= WARNING_DAYS)
    .map(({ name, ephemeral: { owner, expires }, daysLeft }) =>
      daysLeft <= 0
        ? `the environment ${name} of ${owner} has expired, on ${expires}: paved environments --expired`
        : `the environment ${name} of ${owner} expires in ${daysLeft} ${daysLeft === 1 ? "day" : "days"}, on ${expires}`,
    );
}
