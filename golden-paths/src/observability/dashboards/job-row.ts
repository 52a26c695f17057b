import type { ObservedService } from "../observed";
import { series } from "../promql";
import type { Row } from "./panel";

const MILLISECONDS = 1000;

/** When a job ran, how long it took and what failed, by what kube-state-metrics tells. Other services have no such row. */
export function jobRow({ kind, name }: ObservedService): readonly Row[] {
  if (kind !== "job") return [];
  const cron = { namespace: name, cronjob: name };
  const namespace = { namespace: name };
  const at = (metric: string) => `max(${series(`kube_cronjob_${metric}_time`, cron)}) * ${MILLISECONDS}`;
  const running = series("kube_job_status_active", namespace);
  const started = series("kube_job_status_start_time", namespace);
  const ended = series("kube_job_status_completion_time", namespace);
  return [
    {
      title: "Runs",
      panels: [
        {
          title: "Last success",
          type: "stat",
          unit: "dateTimeFromNow",
          queries: [{ expr: at("status_last_successful"), legend: "last success" }],
        },
        {
          title: "Last start",
          type: "stat",
          unit: "dateTimeFromNow",
          queries: [{ expr: at("status_last_schedule"), legend: "last start" }],
        },
        {
          title: "Next start",
          type: "stat",
          unit: "dateTimeFromNow",
          queries: [{ expr: at("next_schedule"), legend: "next start" }],
        },
        {
          title: "Duration",
          description: "Of runs that ended well, for as long as the cluster remembers them: a day.",
          unit: "s",
          queries: [{ expr: `${ended} - ${started}`, legend: "{{job_name}}" }],
        },
        {
          title: "Running",
          unit: "short",
          queries: [{ expr: `sum(${running})`, legend: "runs" }],
        },
        {
          title: "Failed runs",
          description:
            "Of those that the cluster remembers. A run has failed when it was tried again and failed again.",
          unit: "short",
          redAbove: 1,
          queries: [
            { expr: `sum(${series("kube_job_failed", { ...namespace, condition: "true" })})`, legend: "failed" },
          ],
        },
      ],
    },
  ];
}
