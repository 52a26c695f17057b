import { attributeRule, one } from "../rule/attribute-rule";
import { at, attached, isAtLeast, isFalse, isOneOf, isSet, isTrue, shown, unless } from "../rule/attributes";
import { admitsNobodyUnknown, demandTls } from "../rule/policy-checks";
import { type ResourceRule, resourceRule, type ResourceSubject } from "../rule/rule";

const QUEUE = "aws_sqs_queue";
const TOPIC = "aws_sns_topic";
const CACHE = "aws_elasticache_replication_group";

const TLS_POLICY = (action: string): string =>
  JSON.stringify({
    Statement: [
      { Effect: "Deny", Principal: "*", Action: action, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ],
  });

/** Whether messages of other queues end here: nothing is taken from here on. */
function takesDeadLetters(queue: ResourceSubject): boolean {
  return attached(queue, "aws_sqs_queue_redrive_allow_policy", "queue_url").length > 0;
}

/** Rules on queues and topics. */
export const messagingRules: readonly ResourceRule[] = [
  attributeRule({
    id: "AWS-SQS-001",
    title: "A queue is encrypted with an own key",
    severity: "high",
    source: "Security Hub SQS.1; CKV_AWS_27",
    why: "Messages hold orders and addresses; a key of one's own says who may read them.",
    want: "kms_master_key_id",
    fix: "make the queue with Queue, which brings its key",
    type: QUEUE,
    demands: { kms_master_key_id: (key) => isSet(key) && key !== "alias/aws/sqs" },
    fails: { name: "orders", sqs_managed_sse_enabled: true },
    passes: { name: "orders", kms_master_key_id: "${aws_kms_key.queue.arn}" },
  }),
  resourceRule({
    id: "AWS-SQS-002",
    title: "Messages that nobody can handle end in a queue of their own",
    severity: "medium",
    source: "Amazon SQS developer guide, dead-letter queues",
    why: "One message that fails for ever holds up the others, and then is lost.",
    want: "redrive_policy with a deadLetterTargetArn and a maxReceiveCount, and 14 days in the queue of dead letters",
    fix: "make the queue with Queue, which brings its queue of dead letters",
    judges: [QUEUE],
    check: (subject) => {
      if (takesDeadLetters(subject)) {
        const kept = subject.attributes["message_retention_seconds"];
        return unless(kept === 1_209_600, `message_retention_seconds of dead letters is ${shown(kept)}`);
      }
      const policy = String(subject.attributes["redrive_policy"] ?? "");
      return unless(
        policy.includes("deadLetterTargetArn") && policy.includes("maxReceiveCount"),
        `redrive_policy is ${shown(subject.attributes["redrive_policy"])}`,
      );
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
    want: "a policy that refuses sqs:* where aws:SecureTransport is false",
    fix: "make the queue with Queue",
    judges: [QUEUE],
    check: (subject) => demandTls(subject, { type: "aws_sqs_queue_policy", of: "queue_url" }, ["sqs:SendMessage"]),
    fails: one(QUEUE, { name: "orders" }),
    passes: {
      aws_sqs_queue: { example: { name: "orders" } },
      aws_sqs_queue_policy: { tls: { queue_url: "${aws_sqs_queue.example.url}", policy: TLS_POLICY("sqs:*") } },
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
    passes: one("aws_sqs_queue_policy", { policy: TLS_POLICY("sqs:*") }),
  }),
  attributeRule({
    id: "AWS-SNS-001",
    title: "A topic is encrypted with an own key",
    severity: "high",
    source: "Security Hub SNS.1; CKV_AWS_26",
    why: "Messages hold orders and addresses; a key of one's own says who may read them.",
    want: "kms_master_key_id",
    fix: "make the topic with Topic, which brings its key",
    type: TOPIC,
    demands: { kms_master_key_id: (key) => isSet(key) && key !== "alias/aws/sns" },
    fails: { name: "orders" },
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
    passes: one("aws_sns_topic_policy", { policy: TLS_POLICY("sns:Publish") }),
  }),
  resourceRule({
    id: "AWS-SNS-003",
    title: "A topic speaks TLS alone",
    severity: "medium",
    source: "Amazon SNS security best practices, enforce encryption of data in transit",
    why: "What travels in plain text can be read by whoever gets into the network.",
    want: "a policy that refuses sns:Publish where aws:SecureTransport is false",
    fix: "make the topic with Topic",
    judges: [TOPIC],
    check: (subject) => demandTls(subject, { type: "aws_sns_topic_policy", of: "arn" }, ["sns:Publish"]),
    fails: one(TOPIC, { name: "orders" }),
    passes: {
      aws_sns_topic: { example: { name: "orders" } },
      aws_sns_topic_policy: { tls: { arn: "${aws_sns_topic.example.arn}", policy: TLS_POLICY("sns:Publish") } },
    },
  }),
  attributeRule({
    id: "AWS-SNS-004",
    title: "A topic delivers to queues alone",
    severity: "high",
    source: "Security Hub SNS.1 by reach; Amazon SNS security best practices",
    why: "Addresses, numbers and plain HTTP lead out of the network and out of IAM.",
    want: "protocol sqs",
    fix: "subscribe a queue with subscribeTo",
    type: "aws_sns_topic_subscription",
    demands: { protocol: isOneOf("sqs") },
    fails: { protocol: "http", endpoint: "http://orders.example.com" },
    passes: { protocol: "sqs", endpoint: "${aws_sqs_queue.orders.arn}" },
  }),
];

/** Rules on caches. */
export const cacheRules: readonly ResourceRule[] = [
  attributeRule({
    id: "AWS-ELC-001",
    title: "A cache is encrypted on disk with an own key",
    severity: "high",
    source: "Security Hub ElastiCache.4; CKV_AWS_29; CKV_AWS_191",
    why: "Sessions in a cache are as good as passwords.",
    want: "at_rest_encryption_enabled true and a kms_key_id",
    fix: "make the cache with Cache, which brings its key",
    type: CACHE,
    demands: { at_rest_encryption_enabled: isTrue, kms_key_id: isSet },
    fails: { at_rest_encryption_enabled: true },
    passes: { at_rest_encryption_enabled: true, kms_key_id: "${aws_kms_key.cache.arn}" },
  }),
  attributeRule({
    id: "AWS-ELC-002",
    title: "A cache speaks TLS alone",
    severity: "high",
    source: "Security Hub ElastiCache.5; CKV_AWS_30",
    why: "What travels in plain text can be read by whoever gets into the network.",
    want: "transit_encryption_enabled true, and not preferred but required",
    fix: "make the cache with Cache",
    type: CACHE,
    demands: {
      transit_encryption_enabled: isTrue,
      transit_encryption_mode: (mode) => mode === undefined || mode === "required",
    },
    fails: { transit_encryption_enabled: true, transit_encryption_mode: "preferred" },
    passes: { transit_encryption_enabled: true },
  }),
  resourceRule({
    id: "AWS-ELC-003",
    title: "Services enter a cache as themselves",
    severity: "high",
    source: "Security Hub ElastiCache.6; CKV_AWS_31",
    why: "A token in the JSON is in the plan and the state, and the same for everybody.",
    want: "user_group_ids and no auth_token; users with authentication_mode iam",
    fix: "make the cache with Cache",
    judges: [CACHE, "aws_elasticache_user"],
    check: ({ type, attributes }) =>
      type === CACHE
        ? [
            ...unless(isSet(attributes["user_group_ids"]), "no user_group_ids"),
            ...unless(!isSet(attributes["auth_token"]), "an auth_token"),
          ]
        : [
            ...unless(at(attributes, "authentication_mode.type") === "iam", "authentication_mode is not iam"),
            ...unless(!isSet(attributes["passwords"]), "passwords"),
          ],
    fails: one(CACHE, { auth_token: "${var.token}" }),
    passes: one(CACHE, { user_group_ids: ["${aws_elasticache_user_group.users.user_group_id}"] }),
  }),
  resourceRule({
    id: "AWS-ELC-004",
    title: "A protected cache stands in two zones and fails over by itself",
    severity: "medium",
    source: "Security Hub ElastiCache.3; CKV2_AWS_50",
    why: "A zone fails about once a year; sessions in one zone end with it.",
    want: "automatic_failover_enabled and multi_az_enabled true where the environment is protected",
    fix: "leave the zones as Cache sets them",
    judges: [CACHE],
    check: ({ attributes, environment }) =>
      environment.protected
        ? ["automatic_failover_enabled", "multi_az_enabled"]
            .filter((name) => !isTrue(attributes[name]))
            .map((name) => ({ got: `${name} is ${shown(attributes[name])}` }))
        : [],
    fails: one(CACHE, { automatic_failover_enabled: true }),
    passes: one(CACHE, { automatic_failover_enabled: true, multi_az_enabled: true }),
  }),
  attributeRule({
    id: "AWS-ELC-005",
    title: "A cache takes small upgrades by itself and is named by its version",
    severity: "medium",
    source: "Security Hub ElastiCache.2; CKV_AWS_322",
    why: "Fixes of security holes come as minor versions; a version that is not named differs by environment.",
    want: "engine_version, and auto_minor_version_upgrade true",
    fix: "make the cache with Cache",
    type: CACHE,
    demands: { engine_version: isSet, auto_minor_version_upgrade: (value) => !isFalse(value) },
    fails: { engine_version: "8.0", auto_minor_version_upgrade: false },
    passes: { engine_version: "8.0", auto_minor_version_upgrade: true },
  }),
  attributeRule({
    id: "AWS-ELC-006",
    title: "A cache is in the network's own subnets, behind a firewall of its own",
    severity: "high",
    source: "Security Hub ElastiCache.7",
    why: "The default subnets and the default firewall belong to everything in the network.",
    want: "subnet_group_name and security_group_ids",
    fix: "make the cache with Cache",
    type: CACHE,
    demands: { subnet_group_name: isSet, security_group_ids: isSet },
    fails: { replication_group_id: "sessions" },
    passes: { subnet_group_name: "sessions", security_group_ids: ["${aws_security_group.cache.id}"] },
  }),
  resourceRule({
    id: "AWS-ELC-007",
    title: "A protected cache is backed up",
    severity: "low",
    source: "Security Hub ElastiCache.1; CKV_AWS_134",
    why: "A cache that starts empty sends all its load to the database.",
    want: "snapshot_retention_limit of 1 day or more where the environment is protected",
    fix: "leave the snapshots as Cache sets them",
    judges: [CACHE],
    check: ({ attributes, environment }) =>
      unless(
        !environment.protected || isAtLeast(1)(attributes["snapshot_retention_limit"]),
        `snapshot_retention_limit is ${shown(attributes["snapshot_retention_limit"])}`,
      ),
    fails: one(CACHE, { snapshot_retention_limit: 0 }),
    passes: one(CACHE, { snapshot_retention_limit: 7 }),
  }),
];
