import { oldestMessageSeconds, waitingMessages } from "../cloud-metrics";
import type { ObservedService } from "../observed";
import { series } from "../promql";
import type { Alert } from "./alert";

/** How many times longer than one attempt a message may wait. */
const ATTEMPTS_WAITED = 10;
/** Shorter waits are no reason to look, in seconds. */
const LEAST_WAIT_SECONDS = 900;

/** What is wrong with the queue of a service. Workers are scaled by its length, any service with a queue may fall behind. */
export function queueAlerts(observed: ObservedService): readonly Alert[] {
  const { queue, kind, name } = observed;
  if (queue === undefined) return [];
  const seconds = Math.max(LEAST_WAIT_SECONDS, ATTEMPTS_WAITED * queue.visibilitySeconds);
  const length = series("keda_scaler_metrics_value", { scaledObject: name });
  return [
    {
      name: "OldestMessageTooOld",
      expr: `max(${oldestMessageSeconds(queue.name)}) > ${seconds}`,
      minutes: 5,
      urgency: "page",
      summary: "the oldest message has waited for {{ $value | humanizeDuration }}",
      description: `Messages in ${queue.name} are not handled in time: nothing takes them, each takes too long, or there are too many.`,
    },
    {
      name: "DeadLettersWaiting",
      expr: `max(${waitingMessages(queue.deadLetterName)}) > 0`,
      minutes: 5,
      urgency: "ticket",
      summary: "{{ $value }} messages could not be handled",
      description: `They are in ${queue.deadLetterName}, for 14 days. Once the cause is gone they can be moved back.`,
    },
    ...(kind === "worker"
      ? [
          {
            name: "QueueGrows",
            expr: `max(deriv(${length}[30m])) > 0 and min(min_over_time(${length}[30m])) > 0`,
            minutes: 30,
            urgency: "ticket" as const,
            summary: "messages come faster than they are handled",
            description: `${queue.name} was never empty and has grown for half an hour.`,
          },
        ]
      : []),
  ];
}
