import { defineBehaviour, unique } from "../define";
import { isPolicyDocument } from "./iam";
import { queueExists } from "./sqs";

const WORDS = { doing: "setting SQS Queue attribute (Policy)", call: "SQS: SetQueueAttributes" };

export const sqsQueuePolicy = defineBehaviour({
  type: "aws_sqs_queue_policy",
  id: (it) => it.text("queue_url")!,
  replaceOn: ["queue_url"],
  validate: [
    isPolicyDocument("policy", {
      ...WORDS,
      code: "InvalidAttributeValue",
      message: "Invalid value for the parameter Policy.",
    }),
  ],
  checks: [
    queueExists(WORDS.doing),
    unique(["queue_url"], {
      ...WORDS,
      code: "InvalidAttributeValue",
      message: (it) => `The queue ${it.text("queue_url")} already has a policy`,
      fix: "A queue has one policy, and the last to be written wins: put all statements into it.",
    }),
  ],
});
