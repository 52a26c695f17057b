import { z } from "zod";
import type { Environment } from "./environment";
import type { Finding } from "./errors/paved-error";
import { didYouMean } from "./suggest";
import { timeZoneSchema } from "./time-zone";

/** A secret of the platform's in Secrets Manager, by its name below `paved/<environment>/platform/`. */
export const platformSecret = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "the name of a secret such as grafana-client");

const rotation = z.string().regex(/^[a-z][a-z0-9-]*$/, "an on-call rotation: lower-case letters, digits and hyphens");

/** How a rotation hears of an alert: by PagerDuty, with its integration key, or by a request to an address. */
const receiver = z.union(
  [z.strictObject({ pagerDutyKey: platformSecret }), z.strictObject({ webhookAddress: platformSecret })],
  "either pagerDutyKey or webhookAddress, the name of a secret",
);

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time such as 09:00");

/** Who hears of alerts, and when. */
export const onCallSchema = z.strictObject({
  /** Every rotation that services name in `onCall`, with how it is reached. */
  rotations: z.record(rotation, receiver),
  /** The rotation that hears of what no service is named in, one of the above. */
  platform: rotation,
  /** Address that is asked as long as alerts get through, and raises the alarm when it no longer is. A secret. */
  deadMansSwitch: platformSecret,
  /** When a warning reaches a rotation. */
  workingHours: z
    .strictObject({
      weekdays: z.string().regex(/^[a-z]+day(:[a-z]+day)?$/, "days such as monday:friday"),
      from: clock,
      to: clock,
      /** A name of the time zone database, for example `Europe/Berlin`. */
      timeZone: timeZoneSchema,
    })
    .refine(({ from, to }) => from < to, { path: ["to"], message: "later than from" }),
});

/**
 * What is wrong when alerts for a rotation would reach nobody in the environment: PVD1036, or nothing.
 *
 * @param wanted the rotation, and where it is named
 */
export function unreachable(
  { name, onCall }: Pick<Environment, "name" | "onCall">,
  wanted: { readonly rotation: string; readonly where: string; readonly source?: string },
): readonly Finding[] {
  const known = Object.keys(onCall.rotations);
  if (known.includes(wanted.rotation)) return [];
  return [
    {
      code: "PVD1036",
      where: wanted.where,
      source: wanted.source,
      got: `the rotation ${JSON.stringify(wanted.rotation)}, which has no receiver in ${name}`,
      want: "a rotation of onCall.rotations, so that its alerts reach somebody",
      fix: `${didYouMean(wanted.rotation, known)}, or add its receiver in environments/src/on-call.ts`,
    },
  ];
}
