import type { ObservedService } from "../observed";
import { series } from "../promql";
import type { CloudWatchQuery, Panel, Row } from "./panel";

/** How long the service's queue is, how long messages wait in it, and what could not be handled. */
export function queueRow(observed: ObservedService): readonly Row[] {
  const { queue, kind, environment } = observed;
  if (queue === undefined) return [];
  const ask = (
    QueueName: string,
    metric: string,
    statistic: CloudWatchQuery["statistic"],
    legend: string,
  ): CloudWatchQuery => ({
    namespace: "AWS/SQS",
    metric,
    statistic,
    dimensions: { QueueName },
    region: environment.region,
    legend,
  });
  const visible = "ApproximateNumberOfMessagesVisible";
  return [
    {
      title: "Queue",
      panels: [
        {
          title: "Messages",
          description: "Waiting, and being handled right now.",
          unit: "short",
          queries: [
            ask(queue.name, visible, "Maximum", "waiting"),
            ask(queue.name, "ApproximateNumberOfMessagesNotVisible", "Maximum", "being handled"),
          ],
        },
        {
          title: "Age of the oldest message",
          unit: "s",
          queries: [ask(queue.name, "ApproximateAgeOfOldestMessage", "Maximum", "oldest")],
        },
        {
          title: "Dead letters",
          description: "Messages that were tried as often as they may be. They are kept for 14 days.",
          unit: "short",
          redAbove: 1,
          queries: [ask(queue.deadLetterName, visible, "Maximum", "waiting")],
        },
        {
          title: "Messages in and out",
          description: "Sent to the queue, and taken off it because they were handled.",
          unit: "short",
          width: kind === "worker" ? 12 : 24,
          queries: [
            ask(queue.name, "NumberOfMessagesSent", "Sum", "sent"),
            ask(queue.name, "NumberOfMessagesDeleted", "Sum", "handled"),
          ],
        },
        ...(kind === "worker" ? [scaler(observed)] : []),
      ],
    },
  ];
}

function scaler({ name }: ObservedService): Panel {
  return {
    title: "What the scaler sees",
    description: "Messages by which KEDA decides how many pods there are: those waiting and those being handled.",
    unit: "short",
    width: 12,
    queries: [{ expr: `max(${series("keda_scaler_metrics_value", { scaledObject: name })})`, legend: "messages" }],
  };
}
