import { Cloud } from "../cloud";
import { POLICY } from "../landscape";

const arnOf = (name: string): string => `arn:aws:sqs:eu-west-1:111122223333:${name}`;
const redrive = (name: string, maxReceiveCount: unknown = 5): string =>
  JSON.stringify({ deadLetterTargetArn: arnOf(name), maxReceiveCount });

describe("queues", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });
  afterEach(() => cloud.close());

  test.each([
    ["of which there is none", redrive("none"), "Dead letter target does not exist."],
    ["that is FIFO, behind one that is not", redrive("dead.fifo"), "Dead-letter queue must be same type of queue"],
    ["after no attempt at all", redrive("dead", 0), "Invalid value for maxReceiveCount: 0"],
    ["after too many attempts", redrive("dead", 1001), "Invalid value for maxReceiveCount: 1001"],
    ["without saying after how many attempts", redrive("dead", null), "Invalid value for maxReceiveCount"],
  ])("no queue puts messages aside in a queue %s", (_, redrive_policy, reason) => {
    cloud.create("aws_sqs_queue", { name: "dead" });
    cloud.create("aws_sqs_queue", { name: "dead.fifo", fifo_queue: true });
    const inline = cloud.refused(() => cloud.create("aws_sqs_queue", { name: "orders", redrive_policy }));
    expect(inline.summary).toContain(reason);
    expect(inline.path).toEqual(["redrive_policy"]);
    const queue_url = cloud.create("aws_sqs_queue", { name: "orders" }).id;
    const apart = cloud.refused(() => cloud.create("aws_sqs_queue_redrive_policy", { queue_url, redrive_policy }));
    expect(apart.summary).toContain(reason);
    expect(apart.path).toEqual(["redrive_policy"]);
  });

  test("a queue and its dead letters allow each other", () => {
    const dead = cloud.create("aws_sqs_queue", { name: "dead" });
    const queue = cloud.create("aws_sqs_queue", { name: "orders", redrive_policy: redrive("dead", "5") });
    const redrive_allow_policy = JSON.stringify({
      redrivePermission: "byQueue",
      sourceQueueArns: [queue.text("arn")],
    });
    const config = { queue_url: dead.text("url"), redrive_allow_policy };
    expect(cloud.create("aws_sqs_queue_redrive_allow_policy", config).id).toBe(dead.id);
  });

  test.each([
    [{ redrivePermission: "some" }, "Invalid value for redrivePermission."],
    [{ redrivePermission: "denyAll", sourceQueueArns: ["a"] }, "sourceQueueArns are only for byQueue."],
    [{ redrivePermission: "byQueue" }, "Invalid number of sourceQueueArns."],
    [{ redrivePermission: "byQueue", sourceQueueArns: "abcdefghijk".split("") }, "Invalid number of sourceQueueArns."],
  ])("dead letters do not allow %j", (policy, reason) => {
    const queue_url = cloud.create("aws_sqs_queue", { name: "dead" }).id;
    const config = { queue_url, redrive_allow_policy: JSON.stringify(policy) };
    const refused = cloud.refused(() => cloud.create("aws_sqs_queue_redrive_allow_policy", config));
    expect(refused.summary).toContain(reason);
    expect(refused.path).toEqual(["redrive_allow_policy"]);
  });

  test("a key is named by id, ARN or alias, or is AWS's own", () => {
    const key = cloud.create("aws_kms_key", {});
    const alias = cloud.create("aws_kms_alias", { name: "alias/orders", target_key_id: key.id });
    const names = [key.id, key.text("arn"), "alias/orders", alias.text("arn"), "alias/aws/sqs"];
    const queues = names.map((kms_master_key_id, index) =>
      cloud.create("aws_sqs_queue", { name: `q${index}`, kms_master_key_id }),
    );
    expect(queues.map((queue) => queue.isTrue("sqs_managed_sse_enabled"))).toEqual(names.map(() => false));
    const create = (kms_master_key_id: string): unknown =>
      cloud.create("aws_sqs_queue", { name: "orders", kms_master_key_id });
    expect(cloud.refused(() => create("alias/none")).summary).toContain("Alias alias/none is not found.");
    cloud.destroy("aws_kms_key", key);
    expect(cloud.refused(() => create("alias/orders")).summary).toContain("is pending deletion");
  });

  test.each([
    ["aws_sqs_queue", { name: "q", content_based_deduplication: true }, "content_based_deduplication"],
    ["aws_sqs_queue", { name: "q", redrive_policy: "{" }, "redrive_policy"],
    ["aws_sqs_queue", { name: "q", delay_seconds: 901 }, "delay_seconds"],
    ["aws_sqs_queue", { name: "q", kms_data_key_reuse_period_seconds: 59 }, "kms_data_key_reuse_period_seconds"],
    ["aws_sqs_queue", { name: "q", max_message_size: 1_048_577 }, "max_message_size"],
    ["aws_sqs_queue", { name: "q", message_retention_seconds: 59 }, "message_retention_seconds"],
    ["aws_sqs_queue", { name: "q", receive_wait_time_seconds: 21 }, "receive_wait_time_seconds"],
    ["aws_sqs_queue", { name: "q", visibility_timeout_seconds: 43_201 }, "visibility_timeout_seconds"],
    ["aws_sqs_queue", { name: "q", redrive_allow_policy: "[]" }, "redrive_allow_policy"],
    ["aws_sqs_queue_policy", { queue_url: "u", policy: "{}" }, "policy"],
    ["aws_sqs_queue_redrive_policy", { queue_url: "u", redrive_policy: "x" }, "redrive_policy"],
    ["aws_sqs_queue_redrive_allow_policy", { queue_url: "u", redrive_allow_policy: "1" }, "redrive_allow_policy"],
  ])("%s %j", (type, config, attribute) => {
    expect(cloud.refused(() => cloud.create(type, config)).path).toEqual([attribute]);
  });
});

describe("topics", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });
  afterEach(() => cloud.close());

  test.each([
    ["aws_sns_topic", { name: "a b" }, "name"],
    ["aws_sns_topic", { name: "orders.fifo" }, "name"],
    ["aws_sns_topic", { name: "orders", fifo_topic: true }, "name"],
    ["aws_sns_topic", { name: "orders", content_based_deduplication: true }, "content_based_deduplication"],
    ["aws_sns_topic", { name: "orders", archive_policy: "{}" }, "archive_policy"],
    ["aws_sns_topic_policy", { arn: "a", policy: "{" }, "policy"],
    ["aws_sns_topic_subscription", { topic_arn: "a", protocol: "fax", endpoint: "1" }, "protocol"],
    [
      "aws_sns_topic_subscription",
      { topic_arn: "a", protocol: "lambda", endpoint: "f", raw_message_delivery: true },
      "raw_message_delivery",
    ],
    [
      "aws_sns_topic_subscription",
      { topic_arn: "a", protocol: "lambda", endpoint: "f", filter_policy_scope: "MessageBody" },
      "filter_policy_scope",
    ],
    ["aws_sns_topic_subscription", { topic_arn: "a", protocol: "lambda", endpoint: "f" }, "topic_arn"],
  ])("%s %j", (type, config, attribute) => {
    expect(cloud.refused(() => cloud.create(type, config)).path).toEqual([attribute]);
  });

  test("a topic that is FIFO says so in its name", () => {
    const topic = cloud.create("aws_sns_topic", { name: "orders.fifo", fifo_topic: true });
    expect([topic.id, topic.text("fifo_throughput_scope")]).toEqual([
      "arn:aws:sns:eu-west-1:111122223333:orders.fifo",
      "Topic",
    ]);
    expect(JSON.parse(topic.text("policy")!)).toMatchObject({ Statement: [{ Resource: topic.id }] });
  });

  test.each([
    ["aws_sns_topic", { name_prefix: "orders-", fifo_topic: true }],
    ["aws_sqs_queue", { name_prefix: "orders-", fifo_queue: true }],
  ])("%s: a generated name ends as FIFO wants it", (type, config) => {
    expect(cloud.create(type, config).text("name")).toMatch(/^orders-\d{18}[0-9a-f]{8}\.fifo$/);
  });

  test("a subscription waits for people, and not for queues, also of other accounts", () => {
    const topic_arn = cloud.create("aws_sns_topic", { name: "orders" }).id;
    const subscribe = (protocol: string, endpoint: string) =>
      cloud.create("aws_sns_topic_subscription", { topic_arn, protocol, endpoint });
    const found = [subscribe("email", "a@example.com"), subscribe("sqs", "arn:aws:sqs:eu-west-1:444455556666:q")];
    expect(found.map((one) => one.isTrue("pending_confirmation"))).toEqual([true, false]);
  });

  test("a filter has a scope as long as there is one", () => {
    const config = {
      topic_arn: cloud.create("aws_sns_topic", { name: "orders" }).id,
      protocol: "lambda",
      endpoint: "f",
    };
    const filtered = cloud.create("aws_sns_topic_subscription", { ...config, filter_policy: '{"kind":["paid"]}' });
    expect(filtered.text("filter_policy_scope")).toBe("MessageAttributes");
    const open = cloud.update("aws_sns_topic_subscription", filtered, config);
    expect(open.get("filter_policy_scope")).toBe("");
  });

  test("policies are written once for each topic and queue, whichever stack writes them", () => {
    const { id: queue_url } = cloud.create("aws_sqs_queue", { name: "orders" });
    cloud.create("aws_sqs_queue_policy", { queue_url, policy: POLICY });
    const again = (): unknown =>
      cloud.create("aws_sqs_queue_policy", { queue_url, policy: POLICY }, { stack: "other" });
    expect(cloud.refused(again).detail).toContain("put all statements into it");
  });
});

describe("alarms", () => {
  const alarm = {
    alarm_name: "old",
    comparison_operator: "GreaterThanThreshold",
    evaluation_periods: 1,
    metric_name: "Age",
    statistic: "Maximum",
  };
  const cloud = new Cloud();
  afterAll(() => cloud.close());

  test.each([
    [{ comparison_operator: "MoreThan" }, "comparison_operator"],
    [{ period: 45 }, "period"],
    [{ metric_name: null }, "metric_name"],
    [{ statistic: null }, "metric_name"],
    [{ extended_statistic: "p99" }, "metric_name"],
    [{ metric_query: [{ id: "m", expression: "1" }] }, "metric_name"],
  ])("%j", (wrong, attribute) => {
    const refused = cloud.refused(() => cloud.create("aws_cloudwatch_metric_alarm", { ...alarm, ...wrong }));
    expect(refused.path).toEqual([attribute]);
  });

  test("an alarm of an expression needs no metric", () => {
    const metric_query = [{ id: "m", expression: "1", return_data: true }];
    const config = { ...alarm, metric_name: null, statistic: null, metric_query };
    expect(cloud.create("aws_cloudwatch_metric_alarm", config).id).toBe("old");
  });
});
