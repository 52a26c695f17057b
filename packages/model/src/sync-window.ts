import { z } from "zod";
import { cronFault } from "./cron";

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
  timeZone: z.string().refine(isTimeZone, "a time zone such as Europe/Dublin, or UTC"),
});

/** A window that has been checked, see {@link syncWindowSchema}. */
export type SyncWindow = z.infer<typeof syncWindowSchema>;

/** A window in words: `0 9 * * 1-5 for 8 h, Europe/Dublin`. */
export function syncWindowInWords({ schedule, hours, timeZone }: SyncWindow): string {
  return `${schedule} for ${hours} h, ${timeZone}`;
}

/** Whether Argo CD knows the time zone, by exactly that name: what it does not know it takes for UTC, and only says so in its log. */
function isTimeZone(name: string): boolean {
  if (name !== "UTC" && !/^[A-Z]\w+(\/[A-Z][\w+-]*)+$/.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
