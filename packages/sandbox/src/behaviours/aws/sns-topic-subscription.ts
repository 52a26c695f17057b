import { awsRefusal, type Check, defineBehaviour, refers, unique } from "../define";
import { topicExists } from "./sns";

const WORDS = { doing: "creating SNS Topic Subscription", call: "SNS: Subscribe" };
const PROTOCOLS = ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"];
const RAW_PROTOCOLS = ["firehose", "http", "https", "sqs"];
/** Whoever is written to has to agree first. */
const CONFIRMED_BY_HAND = ["email", "email-json", "http", "https"];

const protocolIsOffered: Check = (it) => {
  const protocol = it.text("protocol");
  if (protocol === undefined || PROTOCOLS.includes(protocol)) return;
  const message = `Invalid parameter: Does not support this protocol string: ${protocol}`;
  const fix = `Use one of ${PROTOCOLS.join(", ")}.`;
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameter", message, fix, path: "protocol" });
};

const deliveryIsOffered: Check = (it) => {
  const protocol = it.text("protocol");
  if (protocol === undefined || !it.isTrue("raw_message_delivery") || RAW_PROTOCOLS.includes(protocol)) return;
  const message = `Invalid parameter: Attributes Reason: Delivery protocol [${protocol}] does not support raw message delivery.`;
  const fix = `Leave out raw_message_delivery, which ${RAW_PROTOCOLS.join(", ")} offer.`;
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameter", message, fix, path: "raw_message_delivery" });
};

const scopeHasPolicy: Check = (it) => {
  if (!it.changes("filter_policy_scope") || it.text("filter_policy_scope") === undefined) return;
  if (it.get("filter_policy") != null) return;
  const message = "filter_policy is required when filter_policy_scope is set";
  const fix = "Set filter_policy, or leave out filter_policy_scope.";
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameter", message, fix, path: "filter_policy_scope" });
};

const queueExists = refers("endpoint", "aws_sqs_queue", {
  ...WORDS,
  by: "arn",
  code: "InvalidParameter",
  message: (arn) => `Invalid parameter: SQS endpoint ARN: no queue ${arn}`,
});

export const snsTopicSubscription = defineBehaviour({
  type: "aws_sns_topic_subscription",
  id: (it) => `${it.text("topic_arn")}:${it.uuid()}`,
  arn: (it) => it.id,
  defaults: { confirmation_timeout_in_minutes: 1, endpoint_auto_confirms: false, raw_message_delivery: false },
  replaceOn: ["endpoint", "protocol", "topic_arn"],
  recompute: { filter_policy_scope: ["filter_policy"] },
  computed: (it) => {
    const isPending = CONFIRMED_BY_HAND.includes(it.text("protocol") ?? "") && !it.isTrue("endpoint_auto_confirms");
    return {
      confirmation_was_authenticated: !isPending,
      filter_policy_scope: it.text("filter_policy") === undefined ? "" : "MessageAttributes",
      owner_id: it.place.account,
      pending_confirmation: isPending,
    };
  },
  validate: [protocolIsOffered, deliveryIsOffered],
  checks: [
    scopeHasPolicy,
    topicExists("topic_arn", WORDS),
    // Queues of other accounts and regions are taken on trust.
    (it) =>
      it.text("protocol") === "sqs" && it.text("endpoint")?.startsWith(it.arn("sqs", "")) === true
        ? queueExists(it)
        : undefined,
    unique(["topic_arn", "protocol", "endpoint"], {
      ...WORDS,
      code: "InvalidParameter",
      message: () => "Invalid parameter: Attributes Reason: Subscription already exists with different attributes",
    }),
  ],
});
