import { awsRefusal, type Check, defineBehaviour, unique } from "../define";
import { isJson, parseJsonObject } from "./json";
import { queueExists } from "./sqs";

const WORDS = { doing: "setting SQS Queue attribute (RedriveAllowPolicy)", call: "SQS: SetQueueAttributes" };
const PERMISSIONS = ["allowAll", "byQueue", "denyAll"];
const MOST_SOURCES = 10;

const sourcesFit: Check = (it) => {
  const text = it.text("redrive_allow_policy");
  if (text === undefined || !it.changes("redrive_allow_policy")) return;
  const { redrivePermission: permission, sourceQueueArns: sources } = parseJsonObject(text) ?? {};
  const count = Array.isArray(sources) ? sources.length : 0;
  const refuse = (reason: string, fix: string): never => {
    const message = `Value ${text} for parameter RedriveAllowPolicy is invalid. Reason: ${reason}`;
    throw awsRefusal(it, { ...WORDS, code: "InvalidParameterValue", message, fix, path: "redrive_allow_policy" });
  };
  if (typeof permission !== "string" || !PERMISSIONS.includes(permission))
    refuse("Invalid value for redrivePermission.", `Set redrivePermission to one of ${PERMISSIONS.join(", ")}.`);
  if (permission !== "byQueue" && count > 0)
    refuse("sourceQueueArns are only for byQueue.", "Leave out sourceQueueArns, or set redrivePermission to byQueue.");
  if (permission === "byQueue" && (count === 0 || count > MOST_SOURCES))
    refuse("Invalid number of sourceQueueArns.", `Name 1 to ${MOST_SOURCES} queues in sourceQueueArns.`);
};

export const sqsQueueRedriveAllowPolicy = defineBehaviour({
  type: "aws_sqs_queue_redrive_allow_policy",
  id: (it) => it.text("queue_url")!,
  replaceOn: ["queue_url"],
  validate: [isJson("redrive_allow_policy", WORDS)],
  checks: [
    queueExists(WORDS.doing),
    sourcesFit,
    unique(["queue_url"], {
      ...WORDS,
      code: "InvalidAttributeValue",
      message: (it) => `The queue ${it.text("queue_url")} already has a redrive allow policy`,
      fix: "A queue has one redrive allow policy, and the last to be written wins: name all sources in it.",
    }),
  ],
});
