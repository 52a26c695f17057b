import { type Finding, isDay } from "@paved/model";
import type { Waiver } from "@paved/policy";
import { daysBetween, LONGEST_DAYS, WARNING_DAYS } from "../deviations/expiry";

/** PVD2016 for each waiver that is over, whose end is no day or more than a year away, and for each that waives nothing. */
export function waiverFindings(
  waivers: readonly Waiver[],
  unused: readonly Waiver[],
  today: string,
): readonly Finding[] {
  const endless = waivers.filter(({ expires }) => !(isDay(expires) && daysBetween(today, expires) <= LONGEST_DAYS));
  const over = waivers.filter(({ expires }) => isDay(expires) && daysBetween(today, expires) <= 0);
  return [
    ...endless.map((waiver) => ({
      code: "PVD2016" as const,
      where: nameOf(waiver),
      got: `a waiver until ${JSON.stringify(waiver.expires)}`,
      want: `a day as YYYY-MM-DD, at most ${LONGEST_DAYS} days ahead`,
      fix: "name the day on which somebody looks at it again",
    })),
    ...over.map((waiver) => ({
      code: "PVD2016" as const,
      where: nameOf(waiver),
      got: `a waiver that expired on ${waiver.expires}`,
      want: "waivers that have not expired",
      fix: `mend what it waives, or have ${waiver.owner} say anew why the rule does not fit`,
    })),
    ...unused
      .filter((waiver) => !over.includes(waiver))
      .map((waiver) => ({
        code: "PVD2016" as const,
        where: nameOf(waiver),
        got: "a waiver for which nothing breaks the rule any more",
        want: "waivers that are needed",
        fix: "remove the waiver",
      })),
  ];
}

/** What expires within 30 days, in words. */
export function waiverWarnings(waivers: readonly Waiver[], today: string): readonly string[] {
  return waivers.flatMap((waiver) => {
    const left = daysBetween(today, waiver.expires);
    const soon = left > 0 && left <= WARNING_DAYS;
    return soon
      ? [`${nameOf(waiver)}: the waiver expires in ${left} days, on ${waiver.expires} (${waiver.owner})`]
      : [];
  });
}

function nameOf({ judge, rule, subjects = [] }: Waiver): string {
  return [judge, rule, ...subjects].join(" ");
}
