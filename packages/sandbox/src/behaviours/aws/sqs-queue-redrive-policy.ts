import { defineBehaviour, unique } from "../define";
import { isJson } from "./json";
import { deadLettersFit, queueExists } from "./sqs";

const WORDS = { doing: "setting SQS Queue attribute (RedrivePolicy)", call: "SQS: SetQueueAttributes" };

export const sqsQueueRedrivePolicy = defineBehaviour({
  type: "aws_sqs_queue_redrive_policy",
  id: (it) => it.text("queue_url")!,
  replaceOn: ["queue_url"],
  validate: [isJson("redrive_policy", WORDS)],
  checks: [
    queueExists(WORDS.doing),
    deadLettersFit("redrive_policy", WORDS, (it) => it.text("queue_url")!.endsWith(".fifo")),
    unique(["queue_url"], {
      ...WORDS,
      code: "InvalidAttributeValue",
      message: (it) => `The queue ${it.text("queue_url")} already has a redrive policy`,
      fix: "A queue has one redrive policy, and the last to be written wins: keep one of the two.",
    }),
  ],
});
