import type { DeviationEntry, Finding, FleetIndex } from "@paved/model";

/** A deviation where it holds. */
export interface PlacedDeviation extends DeviationEntry {
  readonly service: string;
  readonly environment: string;
  /** The team that owns the service; who answers for the deviation is its `owner`. */
  readonly team: string;
  /** Days until it ends, counted from the day of the check; 0 and less when it is over. */
  readonly daysLeft: number;
}

/** Days before the end that a deviation is warned of. */
export const WARNING_DAYS = 30;
/** Days that a deviation may hold from the day of the check: who needs it longer agrees to it again. */
export const LONGEST_DAYS = 365;
const DAY_MS = 86_400_000;

/** Every deviation of the fleet, those that end first in front. Pure: the day is given. */
export function placedDeviations(index: FleetIndex, today: string): readonly PlacedDeviation[] {
  return index.stacks
    .flatMap(({ deviations, environment, service = "", owner: team }) =>
      deviations.map((entry) => ({
        ...entry,
        service,
        environment,
        team,
        daysLeft: daysBetween(today, entry.expires),
      })),
    )
    .toSorted((a, b) => a.daysLeft - b.daysLeft);
}

/** Whole days from one day to another, each as `YYYY-MM-DD`; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** PVD2012 for each deviation that is over; one that holds in several environments is one finding. */
export function expiredFindings(deviations: readonly PlacedDeviation[]): readonly Finding[] {
  return once(deviations.filter(({ daysLeft }) => daysLeft <= 0)).map((entry) => ({
    code: "PVD2012",
    where: `${entry.source} ${entry.subject}`,
    got: `a deviation from ${entry.rule} that expired on ${entry.expires}`,
    want: "deviations that have not expired",
    fix: `go back to the golden path (${entry.ticket}), or have ${entry.approvedBy} agree to another day`,
  }));
}

/** PVD2018 for each deviation that ends later than {@link LONGEST_DAYS} from the day of the check. */
export function overlongFindings(deviations: readonly PlacedDeviation[]): readonly Finding[] {
  return once(deviations.filter(({ daysLeft }) => daysLeft > LONGEST_DAYS)).map((entry) => ({
    code: "PVD2018",
    where: `${entry.source} ${entry.subject}`,
    got: `a deviation from ${entry.rule} that holds until ${entry.expires}, ${entry.daysLeft} days more`,
    want: `an end within ${LONGEST_DAYS} days`,
    fix: `set an earlier day; ${entry.approvedBy} can agree to another when it comes`,
  }));
}

/** What ends within {@link WARNING_DAYS}, in words. */
export function expiryWarnings(deviations: readonly PlacedDeviation[]): readonly string[] {
  return once(deviations.filter(({ daysLeft }) => daysLeft > 0 && daysLeft <= WARNING_DAYS)).map(
    ({ source, subject, rule, expires, daysLeft, ticket }) =>
      `${source} ${subject}: the deviation from ${rule} expires in ${daysLeft} days, on ${expires} (${ticket})`,
  );
}

function once(deviations: readonly PlacedDeviation[]): readonly PlacedDeviation[] {
  const key = ({ service, rule, subject, expires }: PlacedDeviation) =>
    JSON.stringify([service, rule, subject, expires]);
  return [...new Map(deviations.map((entry) => [key(entry), entry])).values()];
}
