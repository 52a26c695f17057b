import { awsRefusal, type Check, refers } from "../define";
import type { Instance } from "../instance";
import { parseJsonObject } from "./json";

/** Policies of a queue are attributes that are set on it: the queue must exist. */
export function queueExists(doing: string): Check {
  return refers("queue_url", "aws_sqs_queue", {
    doing,
    call: "SQS: SetQueueAttributes",
    by: "url",
    code: "AWS.SimpleQueueService.NonExistentQueue",
    message: () => "The specified queue does not exist.",
  });
}

/** The queue that messages go to when they were received too often must exist, and be FIFO as the queue itself is. */
export function deadLettersFit(
  path: string,
  words: { readonly doing: string; readonly call: string },
  isFifo: (it: Instance) => boolean,
): Check {
  const check: Check = (it) => {
    const text = it.text(path);
    if (text === undefined || !it.changes(path)) return;
    const { deadLetterTargetArn: target, maxReceiveCount } = parseJsonObject(text) ?? {};
    const refuse = (reason: string, fix: string): never => {
      const message = `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`;
      throw awsRefusal(it, { ...words, code: "InvalidParameterValue", message, fix, path });
    };
    const count = Number(maxReceiveCount);
    if (!Number.isInteger(count) || count < 1 || count > 1000) {
      const reason = `Invalid value for maxReceiveCount: ${String(maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`;
      refuse(reason, "Set maxReceiveCount to how often a message may be received before it is put aside.");
    }
    const queue = typeof target === "string" ? it.find("aws_sqs_queue", "arn", target) : undefined;
    if (queue === undefined) {
      refuse(
        "Dead letter target does not exist.",
        "Apply the queue of dead letters first, in this account and region.",
      );
    } else if (queue.isTrue("fifo_queue") !== isFifo(it)) {
      refuse("Dead-letter queue must be same type of queue as the source.", "Make both queues FIFO, or neither.");
    }
  };
  return Object.assign(check, {
    reads: [{ path }, { type: "aws_sqs_queue", path: "arn" }, { type: "aws_sqs_queue", path: "fifo_queue" }],
  });
}
