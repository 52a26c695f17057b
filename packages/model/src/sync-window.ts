import { z } from "zod";
import { cronFault } from "./cron";
import { timeZoneSchema } from "./time-zone";

/** Hours of a week: a window that is open for longer is always open. */
const MOST_HOURS = 167;

/** When Argo CD syncs by itself what is delivered to an environment. At other times somebody has it synced, or nothing happens. */
export const syncWindowSchema = z.strictObject({
  /** When it opens, as five fields of cron in its time zone: `0 9 * * 1-5` is nine o'clock from Monday to Friday. */
  schedule: z.string().superRefine((schedule, context) => {
    const fault = cronFault(schedule);
    if (fault !== undefined) context.addIssue({ code: "custom", message: fault.want });
  }),
  /** How many hours it stays open. */
  hours: z.int().min(1).max(MOST_HOURS),
  /** A name of the time zone database, for example `Europe/Dublin`. */
  timeZone: timeZoneSchema,
});

/** A window that has been checked, see {@link syncWindowSchema}. */
export type SyncWindow = z.infer<typeof syncWindowSchema>;

/** A window in words: `0 9 * * 1-5 for 8 h, Europe/Dublin`. */
export function syncWindowInWords({ schedule, hours, timeZone }: SyncWindow): string {
  return `${schedule} for ${hours} h, ${timeZone}`;
}
