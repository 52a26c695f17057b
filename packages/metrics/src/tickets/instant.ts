import { isDay } from "@paved/model";

const INSTANT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)? ?(Z|UTC|[+-]\d\d:?\d\d)?)?$/;

/**
 * An instant as exports write it, in milliseconds since 1970: `2027-03-01`, `2027-03-01 14:05`, `2027-03-01T14:05:00+02:00`.
 * Without a zone it is in UTC. Dates with slashes, or with names of months, are not read: which number is the month
 * depends on who wrote them.
 * @returns nothing for whatever else
 */
export function parseInstant(text: string): number | undefined {
  const [, day = "", minutes = "00:00", seconds = ":00", zone = "Z"] = INSTANT.exec(text.trim()) ?? [];
  if (!isDay(day)) return undefined;
  const at = Date.parse(`${day}T${minutes}${seconds}${zone === "UTC" ? "Z" : zone}`);
  return Number.isNaN(at) ? undefined : at;
}
