import { CronJob } from "kubernetes-models/batch/v1/CronJob";
import { type Manifest, rendered } from "./manifest";
import { podTemplate } from "./pod";
import { metadata, type PodFacts } from "./pod-facts";

/** When a job runs, and for how long at most. */
export interface JobSchedule {
  /** Five fields of cron, in UTC. */
  readonly cron: string;
  readonly timeoutMinutes: number;
}

/** How often a run that failed is tried again, before it counts as failed. */
const RETRIES = 2;
const SECONDS_A_DAY = 86_400;

/** Pods that run at set times, one run at a time, and end by themselves. Finished runs can be looked at for a day. */
export function cronJob(facts: PodFacts, schedule: JobSchedule): Manifest {
  const template = podTemplate(facts);
  const model = new CronJob({
    metadata: metadata(facts),
    spec: {
      schedule: schedule.cron,
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      // A controller that was down for longer than this skips the run instead of running all that were missed.
      startingDeadlineSeconds: 600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: metadata(facts).labels },
        spec: {
          backoffLimit: RETRIES,
          activeDeadlineSeconds: schedule.timeoutMinutes * 60,
          ttlSecondsAfterFinished: SECONDS_A_DAY,
          template: { ...template, spec: { ...template.spec, restartPolicy: "Never" } },
        },
      },
    },
  });
  return rendered(model, facts.where);
}
