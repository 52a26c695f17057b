import { series } from "../promql";
import type { ObservedService } from "../observed";
import type { Alert } from "./alert";

/** Minutes that a run is ended after when the job does not say. */
const TIMEOUT_MINUTES = 60;
/** A run may start ten minutes late and be seen a few later. */
const LATE_MINUTES = 15;

/** What is wrong with the runs of a job, by what kube-state-metrics tells. */
export function jobAlerts(observed: ObservedService): readonly Alert[] {
  if (observed.kind !== "job") return [];
  const { name, timeoutMinutes = TIMEOUT_MINUTES } = observed;
  const cron = { namespace: name, cronjob: name };
  const failed = series("kube_job_failed", { namespace: name, condition: "true" });
  const started = series("kube_job_status_start_time", { namespace: name });
  const succeeded = series("kube_cronjob_status_last_successful_time", cron);
  const created = series("kube_cronjob_created", cron);
  const next = series("kube_cronjob_next_schedule_time", cron);
  const last = series("kube_cronjob_status_last_schedule_time", cron);
  return [
    {
      name: "JobFailed",
      expr: `max(${started} and on (job_name) ${failed} == 1) > (max(${succeeded}) or vector(0))`,
      minutes: 0,
      urgency: "ticket",
      summary: "the latest run failed",
      description: "It was tried again and failed again. The logs of its pods are kept; a run can be started by hand.",
    },
    {
      name: "JobNotSucceeded",
      // The time between two runs is read from the cluster, so that it is right for schedules that are not regular too.
      expr: `time() - max(${succeeded} or ${created}) > max(${next}) - max(${last})`,
      // While a run that is due takes its time, the last success is older than that for good reason.
      minutes: timeoutMinutes + LATE_MINUTES,
      urgency: "page",
      summary: "has not succeeded for longer than is between two runs",
      description: "What it does is not done. Either its runs fail, or none are started.",
    },
  ];
}
