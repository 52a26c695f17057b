import { defineNamed } from "./named";

export const sqsQueue = defineNamed({
  type: "aws_sqs_queue",
  by: "name",
  absent: (name) =>
    `reading SQS Queue (${name}) URL: operation error SQS: GetQueueUrl, api error AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.`,
});
