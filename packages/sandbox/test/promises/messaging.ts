import { POLICY } from "../landscape";
import { GIVEN } from "../given";
import { arn, type Promised } from "./promised";

const { queueUrl, topicArn } = GIVEN;
const QUEUES = "https://sqs.eu-west-1.amazonaws.com/111122223333";
const ofGivenQueue = /^https:\/\/sqs\.eu-west-1\.amazonaws\.com\/111122223333\/given$/;
const redrive = (name: string): string =>
  JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:eu-west-1:111122223333:${name}`, maxReceiveCount: 5 });

/** What queues, topics and alarms promise. */
export const MESSAGING_PROMISES: Record<string, Promised> = {
  aws_cloudwatch_metric_alarm: {
    config: () => ({
      alarm_name: "thing",
      comparison_operator: "GreaterThanThreshold",
      evaluation_periods: 1,
      metric_name: "ApproximateAgeOfOldestMessage",
      namespace: "AWS/SQS",
      period: 60,
      statistic: "Maximum",
      threshold: 600,
    }),
    id: /^thing$/,
    arn: arn("cloudwatch:eu-west-1:111122223333:alarm:thing"),
    taken: ["alarm_name"],
    replaces: ["alarm_name", "other"],
  },
  aws_sns_topic: {
    config: () => ({ name: "thing" }),
    id: /^arn:aws:sns:eu-west-1:111122223333:thing$/,
    arn: arn("sns:eu-west-1:111122223333:thing"),
    taken: ["name"],
    missing: ["kms_master_key_id", "none"],
    replaces: ["name", "other"],
  },
  aws_sns_topic_policy: {
    config: () => ({ arn: topicArn, policy: POLICY }),
    id: /^arn:aws:sns:eu-west-1:111122223333:given$/,
    arn: arn("sns:eu-west-1:111122223333:given"),
    taken: ["arn"],
    missing: ["arn", "arn:aws:sns:eu-west-1:111122223333:none"],
    replaces: ["arn", "arn:aws:sns:eu-west-1:111122223333:other"],
  },
  aws_sns_topic_subscription: {
    config: () => ({ topic_arn: topicArn, protocol: "sqs", endpoint: GIVEN.queueArn, raw_message_delivery: true }),
    id: /^arn:aws:sns:eu-west-1:111122223333:given:[0-9a-f-]{36}$/,
    arn: arn("sns:eu-west-1:111122223333:given:[0-9a-f-]{36}"),
    taken: ["endpoint"],
    missing: ["endpoint", "arn:aws:sqs:eu-west-1:111122223333:none"],
    replaces: ["topic_arn", "arn:aws:sns:eu-west-1:111122223333:other"],
  },
  aws_sqs_queue: {
    config: () => ({ name: "thing" }),
    id: /^https:\/\/sqs\.eu-west-1\.amazonaws\.com\/111122223333\/thing$/,
    arn: arn("sqs:eu-west-1:111122223333:thing"),
    taken: ["name"],
    missing: ["kms_master_key_id", "alias/none"],
    replaces: ["name", "other"],
  },
  aws_sqs_queue_policy: {
    config: () => ({ queue_url: queueUrl, policy: POLICY }),
    id: ofGivenQueue,
    taken: ["queue_url"],
    missing: ["queue_url", `${QUEUES}/none`],
    replaces: ["queue_url", `${QUEUES}/other`],
  },
  aws_sqs_queue_redrive_allow_policy: {
    config: () => ({ queue_url: queueUrl, redrive_allow_policy: '{"redrivePermission":"denyAll"}' }),
    id: ofGivenQueue,
    taken: ["queue_url"],
    missing: ["queue_url", `${QUEUES}/none`],
    replaces: ["queue_url", `${QUEUES}/other`],
  },
  aws_sqs_queue_redrive_policy: {
    config: () => ({ queue_url: queueUrl, redrive_policy: redrive("given") }),
    id: ofGivenQueue,
    taken: ["queue_url"],
    missing: ["redrive_policy", redrive("none")],
    replaces: ["queue_url", `${QUEUES}/other`],
  },
};
