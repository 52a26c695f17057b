import type { CronJob } from "./api";

/** Work that runs by the clock, as it is now. */
export interface ScheduleStatus {
  readonly name: string;
  /** In cron's form, with its time zone. */
  readonly schedule: string;
  /** Runs that go on now. */
  readonly active: number;
  readonly isSuspended: boolean;
  /** When it last began, as RFC 3339. @default - never */
  readonly lastRun?: string;
  /** When it last ended well, as RFC 3339. @default - never */
  readonly lastSuccess?: string;
}

/** What is known of a cron job. */
export function scheduleStatus({ metadata, spec, status = {} }: CronJob): ScheduleStatus {
  return {
    name: metadata.name,
    schedule: spec.timeZone === undefined ? spec.schedule : `${spec.schedule} ${spec.timeZone}`,
    active: status.active?.length ?? 0,
    isSuspended: spec.suspend === true,
    lastRun: status.lastScheduleTime,
    lastSuccess: status.lastSuccessfulTime,
  };
}
