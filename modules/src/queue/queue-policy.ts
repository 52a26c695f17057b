import { policyDocument } from "../iam/policy";

/** Who puts messages into a queue besides identities that IAM permits: topics, by ARN. */
export interface QueueSenders {
  readonly queueArn: string;
  readonly account: string;
  readonly topicArns: readonly string[];
}

/** No call without TLS (Security Hub SQS best practice, "Enforce encryption of data in transit"), and messages from exactly the topics. */
export function queuePolicy({ queueArn, account, topicArns }: QueueSenders): string {
  const tlsOnly = {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: queueArn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const fromTopics = {
    Sid: "FromTopics",
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": topicArns }, StringEquals: { "aws:SourceAccount": account } },
  };
  return policyDocument(topicArns.length > 0 ? [tlsOnly, fromTopics] : [tlsOnly]);
}
