import { awsRefusal, type Check, defineBehaviour, unique } from "../define";
import type { Instance } from "../instance";
import { kmsKeyUsable } from "./kms-key";

const WORDS = { doing: "creating SNS Topic", call: "SNS: CreateTopic" };

const nameFits: Check = (it) => {
  const name = it.text("name");
  if (name === undefined) return;
  const isFifo = it.isTrue("fifo_topic");
  if ((isFifo ? /^[\w-]{1,251}\.fifo$/ : /^[\w-]{1,256}$/).test(name)) return;
  const fix = isFifo
    ? "Use letters, digits, '-' and '_', and end the name with .fifo."
    : "Use at most 256 letters, digits, '-' and '_'.";
  throw awsRefusal(it, {
    ...WORDS,
    code: "InvalidParameter",
    message: `invalid topic name: ${name}`,
    fix,
    path: "name",
  });
};

const fifoFits: Check = (it) => {
  if (it.isTrue("fifo_topic")) return;
  const path = ["content_based_deduplication", "archive_policy"].find(
    (name) => it.isTrue(name) || it.text(name) !== undefined,
  );
  if (path === undefined) return;
  const message = `${path.replaceAll("_", " ")} can only be set for FIFO topics`;
  const fix = `Leave out ${path}, or set fifo_topic to true.`;
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameter", message, fix, path });
};

/** What SNS gives a topic that has no policy of its own: everything, to the account. */
function defaultPolicy(it: Instance): string {
  const actions = [
    "GetTopicAttributes",
    "SetTopicAttributes",
    "AddPermission",
    "RemovePermission",
    "DeleteTopic",
    "Subscribe",
    "ListSubscriptionsByTopic",
    "Publish",
  ];
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: it.id,
        Condition: { StringEquals: { "AWS:SourceOwner": it.place.account } },
      },
    ],
  });
}

export const snsTopic = defineBehaviour({
  type: "aws_sns_topic",
  id: (it) => it.arn("sns", it.text("name")!),
  arn: (it) => it.id,
  defaults: { content_based_deduplication: false, fifo_topic: false },
  replaceOn: ["fifo_topic", "name", "name_prefix"],
  computed: (it) => ({
    beginning_archive_time: "",
    fifo_throughput_scope: it.isTrue("fifo_topic") ? "Topic" : "",
    owner: it.place.account,
    policy: defaultPolicy(it),
    signature_version: 0,
    tracing_config: "",
  }),
  validate: [nameFits, fifoFits],
  checks: [
    kmsKeyUsable("kms_master_key_id", WORDS),
    unique(["name"], {
      ...WORDS,
      code: "InvalidParameter",
      message: () => "Invalid parameter: Attributes Reason: Topic already exists with different attributes",
    }),
  ],
});
