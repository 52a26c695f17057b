import { attributeRule, one } from "../rule/attribute-rule";
import { attached, isOneOf, isTrue, isWithin, shown, texts, unless } from "../rule/attributes";
import { isOwnKey, isOwnQueue, isOwnTopic } from "../rule/own";
import { admitsNobodyUnknown, demandTls } from "../rule/policy-checks";
import { documentIn } from "../rule/policy-document";
import { type ResourceRule, resourceRule, type ResourceSubject, type Violation } from "../rule/rule";

const QUEUE = "aws_sqs_queue";
const TOPIC = "aws_sns_topic";

const REDRIVE = "aws_sqs_queue_redrive_allow_policy";

const tlsPolicy = (action: string, resource: string): string =>
  JSON.stringify({
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: action,
        Resource: resource,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });

/** Whether messages of other queues end here: nothing is taken from here on. */
function takesDeadLetters(queue: ResourceSubject): boolean {
  return attached(queue, REDRIVE, "queue_url").length > 0;
}

const DAY = 86_400;

/** What is wrong with how a queue hands out its messages, and with where it puts those that nobody can handle. */
function handlingFaults(queue: ResourceSubject): readonly Violation[] {
  const {
    redrive_policy: redrive,
    message_retention_seconds: kept = 4 * DAY,
    visibility_timeout_seconds: hidden = 30,
  } = queue.attributes;
  const { deadLetterTargetArn: target, maxReceiveCount: times } = documentIn(redrive) ?? {};
  return [
    ...unless(
      isOwnQueue(target, queue) && target !== `\${${queue.address}.arn}`,
      `redrive_policy is ${shown(redrive)}`,
    ),
    ...unless(isWithin(1, 1000)(times), `maxReceiveCount is ${shown(times)}`),
    ...unless(isWithin(4 * DAY, 14 * DAY)(kept), `message_retention_seconds is ${shown(kept)}`),
    ...unless(isWithin(1, 43_200)(hidden), `visibility_timeout_seconds is ${shown(hidden)}`),
  ];
}

/** Rules on queues and topics. */
export const messagingRules: readonly ResourceRule[] = [
  attributeRule({
    id: "AWS-SQS-001",
    title: "A queue is encrypted with an own key",
    severity: "high",
    source: "Security Hub SQS.1; CKV_AWS_27",
    why: "Messages hold orders and addresses; a key of one's own says who may read them.",
    want: "a kms_master_key_id of the account's own",
    fix: "make the queue with Queue, which brings its key",
    type: QUEUE,
    demands: { kms_master_key_id: isOwnKey },
    fails: { name: "orders", kms_master_key_id: "alias/aws/sqs" },
    passes: { name: "orders", kms_master_key_id: "${aws_kms_key.queue.arn}" },
  }),
  resourceRule({
    id: "AWS-SQS-002",
    title: "Messages that nobody can handle end in a queue of their own",
    severity: "medium",
    source: "Amazon SQS developer guide, dead-letter queues",
    why: "One message that fails for ever holds up the others, and then is lost.",
    want: "a redrive_policy to another queue of the account after 1 to 1000 times; messages kept 4 days or more, dead letters 14; a visibility timeout",
    fix: "make the queue with Queue, which brings its queue of dead letters",
    judges: [QUEUE],
    check: (subject) => {
      if (takesDeadLetters(subject)) {
        const kept = subject.attributes["message_retention_seconds"];
        return unless(kept === 1_209_600, `message_retention_seconds of dead letters is ${shown(kept)}`);
      }
      return handlingFaults(subject);
    },
    fails: one(QUEUE, { name: "orders" }),
    passes: one(QUEUE, {
      redrive_policy: JSON.stringify({ deadLetterTargetArn: "${aws_sqs_queue.dead.arn}", maxReceiveCount: 5 }),
    }),
  }),
  resourceRule({
    id: "AWS-SQS-003",
    title: "A queue speaks TLS alone",
    severity: "medium",
    source: "Amazon SQS security best practices, enforce encryption of data in transit",
    why: "What travels in plain text can be read by whoever gets into the network.",
    want: "a policy that refuses sqs:* on the queue to everybody where aws:SecureTransport is false",
    fix: "make the queue with Queue",
    judges: [QUEUE],
    check: (subject) => demandTls(subject, { type: "aws_sqs_queue_policy", of: "queue_url" }, ["sqs:*"]),
    fails: one(QUEUE, { name: "orders" }),
    passes: {
      aws_sqs_queue: { example: { name: "orders" } },
      aws_sqs_queue_policy: {
        tls: { queue_url: "${aws_sqs_queue.example.url}", policy: tlsPolicy("sqs:*", "${aws_sqs_queue.example.arn}") },
      },
    },
  }),
  resourceRule({
    id: "AWS-SQS-004",
    title: "A queue is not open to everybody",
    severity: "critical",
    source: "Security Hub SQS.3; CKV_AWS_168",
    why: "Whoever may send to a queue commands what reads it.",
    want: "no statement that allows a principal outside the account, or any without saying whose",
    fix: "name the principal, or its account in aws:SourceAccount",
    judges: ["aws_sqs_queue_policy", QUEUE],
    check: admitsNobodyUnknown,
    fails: one("aws_sqs_queue_policy", {
      policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage" }] }),
    }),
    passes: one("aws_sqs_queue_policy", { policy: tlsPolicy("sqs:*", "${aws_sqs_queue.orders.arn}") }),
  }),
  resourceRule({
    id: "AWS-SQS-005",
    title: "A queue of dead letters takes those of its own queue alone",
    severity: "medium",
    source: "Amazon SQS developer guide, redrive allow policy",
    why: "With allowAll any queue of the account fills it, and takes messages back that were never its own.",
    want: "redrivePermission byQueue, with sourceQueueArns of the account",
    fix: "make the queue with Queue, which brings its queue of dead letters",
    judges: [REDRIVE],
    check: (subject) => {
      const allowed = documentIn(subject.attributes["redrive_allow_policy"]) ?? {};
      const sources = texts(allowed["sourceQueueArns"]);
      return [
        ...unless(
          allowed["redrivePermission"] === "byQueue",
          `redrivePermission is ${shown(allowed["redrivePermission"])}`,
        ),
        ...unless(sources.length > 0, "no sourceQueueArns"),
        ...sources.filter((source) => !isOwnQueue(source, subject)).map((source) => ({ got: `from ${shown(source)}` })),
      ];
    },
    fails: one(REDRIVE, { redrive_allow_policy: JSON.stringify({ redrivePermission: "allowAll" }) }),
    passes: one(REDRIVE, {
      redrive_allow_policy: JSON.stringify({
        redrivePermission: "byQueue",
        sourceQueueArns: ["${aws_sqs_queue.orders.arn}"],
      }),
    }),
  }),
  attributeRule({
    id: "AWS-SNS-001",
    title: "A topic is encrypted with an own key",
    severity: "high",
    source: "Security Hub SNS.1; CKV_AWS_26",
    why: "Messages hold orders and addresses; a key of one's own says who may read them.",
    want: "a kms_master_key_id of the account's own",
    fix: "make the topic with Topic, which brings its key",
    type: TOPIC,
    demands: { kms_master_key_id: isOwnKey },
    fails: { name: "orders", kms_master_key_id: "alias/aws/sns" },
    passes: { name: "orders", kms_master_key_id: "${aws_kms_key.topic.arn}" },
  }),
  resourceRule({
    id: "AWS-SNS-002",
    title: "A topic is not open to everybody",
    severity: "critical",
    source: "Security Hub SNS.4; CKV_AWS_169",
    why: "Whoever may publish to a topic commands all that listen to it.",
    want: "no statement that allows a principal outside the account, or any without saying whose",
    fix: "name the principal, or its account in aws:SourceAccount",
    judges: ["aws_sns_topic_policy", TOPIC],
    check: admitsNobodyUnknown,
    fails: one("aws_sns_topic_policy", {
      policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sns:Publish" }] }),
    }),
    passes: one("aws_sns_topic_policy", { policy: tlsPolicy("sns:Publish", "${aws_sns_topic.orders.arn}") }),
  }),
  resourceRule({
    id: "AWS-SNS-003",
    title: "A topic speaks TLS alone",
    severity: "medium",
    source: "Amazon SNS security best practices, enforce encryption of data in transit",
    why: "What travels in plain text can be read by whoever gets into the network.",
    want: "a policy that refuses sns:Publish on the topic to everybody where aws:SecureTransport is false",
    fix: "make the topic with Topic",
    judges: [TOPIC],
    check: (subject) => demandTls(subject, { type: "aws_sns_topic_policy", of: "arn" }, ["sns:Publish"]),
    fails: one(TOPIC, { name: "orders" }),
    passes: {
      aws_sns_topic: { example: { name: "orders" } },
      aws_sns_topic_policy: {
        tls: {
          arn: "${aws_sns_topic.example.arn}",
          policy: tlsPolicy("sns:Publish", "${aws_sns_topic.example.arn}"),
        },
      },
    },
  }),
  attributeRule({
    id: "AWS-SNS-004",
    title: "A topic delivers to queues of the account alone",
    severity: "high",
    source: "Security Hub SNS.1 by reach; Amazon SNS security best practices",
    why: "Addresses, numbers, plain HTTP and queues of others lead out of the network and out of IAM.",
    want: "protocol sqs, an endpoint and a topic_arn of the account, and raw_message_delivery true",
    fix: "subscribe a queue with subscribeTo",
    type: "aws_sns_topic_subscription",
    demands: {
      protocol: isOneOf("sqs"),
      endpoint: isOwnQueue,
      topic_arn: isOwnTopic,
      raw_message_delivery: isTrue,
    },
    fails: { protocol: "sqs", endpoint: "arn:aws:sqs:eu-west-1:999999999999:orders" },
    passes: {
      protocol: "sqs",
      endpoint: "${aws_sqs_queue.orders.arn}",
      topic_arn: "${aws_sns_topic.payments.arn}",
      raw_message_delivery: true,
    },
  }),
];
