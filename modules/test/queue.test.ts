import { synth } from "@paved/testing";
import { PavedStack, Queue, type QueueProps, Topic } from "../src";
import { client } from "./support/client";
import { dev, production, synthIn } from "./support/stacks";

const queue = (stack: PavedStack, more: Partial<QueueProps> = {}) =>
  new Queue(stack, "queue", { name: "orders", ...more });
const minimal = synthIn(dev, (stack) => void queue(stack));
const policyOf = (name: string, stack = minimal) =>
  JSON.parse(String(stack.at(`aws_sqs_queue_policy.${name}`)["policy"])) as { Statement: Record<string, unknown>[] };

test("snapshot: dev, granted to nobody", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production, subscribed with a filter, granted to two", () => {
  const full = synthIn(production, (stack) => {
    const made = queue(stack, { visibilitySeconds: 300, attempts: 3 });
    made.subscribeTo(new Topic(stack, "topic", { name: "payments" }), { kind: ["captured"] });
    made.grantConsume(client(stack, "worker"));
    made.grantSend(client(stack, "api"));
  });
  expect(full.summary()).toMatchSnapshot();
});

test("messages and dead letters are encrypted with the queue's own key", () => {
  const keys = Object.values(minimal.resources("aws_sqs_queue")).map((each) => each["kms_master_key_id"]);
  expect(keys).toEqual(["${aws_kms_key.queue_key_key.arn}", "${aws_kms_key.queue_key_key.arn}"]);
});

test("a message that cannot be handled goes to the dead letters, and stays there for 14 days", () => {
  const redrive = JSON.parse(String(minimal.at("aws_sqs_queue.queue_queue")["redrive_policy"])) as object;
  expect(redrive).toEqual({ deadLetterTargetArn: "${aws_sqs_queue.queue_dead-letters.arn}", maxReceiveCount: 5 });
  expect(minimal.at("aws_sqs_queue.queue_dead-letters")["message_retention_seconds"]).toBe(14 * 86_400);
});

test("only this queue uses the dead letters", () => {
  const allowed = String(minimal.only("aws_sqs_queue_redrive_allow_policy")["redrive_allow_policy"]);
  expect(JSON.parse(allowed)).toEqual({
    redrivePermission: "byQueue",
    sourceQueueArns: ["${aws_sqs_queue.queue_queue.arn}"],
  });
});

test.each(["queue_policy", "queue_dead-letters-policy"])(
  "%s refuses every call without TLS, and permits nobody",
  (name) => {
    expect(policyOf(name).Statement).toEqual([
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    ]);
  },
);

test("a subscribed topic may put messages in, and no other", () => {
  const subscribed = synthIn(dev, (stack) => {
    queue(stack).subscribeTo(new Topic(stack, "topic", { name: "payments" }));
  });
  expect(policyOf("queue_policy", subscribed).Statement[1]).toMatchObject({
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Condition: { ArnEquals: { "aws:SourceArn": ["${aws_sns_topic.topic_topic.arn}"] } },
  });
  expect(subscribed.only("aws_sns_topic_subscription")).toMatchObject({ protocol: "sqs", raw_message_delivery: true });
});

test("who takes messages is told where they are and for how long it has each, and reaches SQS inside the network only", () => {
  let granted: ReturnType<typeof client> | undefined;
  synthIn(dev, (stack) => {
    granted = client(stack, "worker");
    queue(stack, { visibilitySeconds: 90 }).grantConsume(granted);
  });
  expect(Object.keys(granted?.facts ?? {})).toEqual(["QUEUE_URL", "AWS_REGION", "QUEUE_VISIBILITY_SECONDS"]);
  expect(granted?.facts["QUEUE_VISIBILITY_SECONDS"]).toBe("90");
  expect(granted?.egress).toEqual([{ to: "intra-subnets", port: 443 }]);
});

test("who only sends cannot take messages", () => {
  const sending = synthIn(dev, (stack) => queue(stack).grantSend(client(stack, "api")));
  const policy = String(sending.only("aws_iam_role_policy")["policy"]);
  expect(policy).toContain("sqs:SendMessage");
  expect(policy).not.toContain("sqs:ReceiveMessage");
});

test("another service's stack finds it by its contract", () => {
  const stacks = synth((app) => {
    queue(new PavedStack(app, { environment: dev, name: "orders", kind: "service", owner: "commerce" }));
    const other = new PavedStack(app, { environment: dev, name: "shop", kind: "service", owner: "growth" });
    const granted = client(other, "shop");
    Queue.fromName(other, "orders").grantSend(granted);
    expect(Object.keys(granted.facts)).toContain("ORDERS_QUEUE_URL");
  });
  expect(stacks["dev-shop"]?.at("data.aws_ssm_parameter.contract-queue-orders-v1")["name"]).toBe(
    stacks["dev-orders"]?.only("aws_ssm_parameter")["name"],
  );
});

test("its names are literal, so that delivery can write them down", () => {
  synthIn(dev, (stack) => {
    expect(queue(stack).reference).toEqual({
      name: "paved-dev-orders",
      url: "https://sqs.eu-west-1.amazonaws.com/111111111111/paved-dev-orders",
      arn: "arn:aws:sqs:eu-west-1:111111111111:paved-dev-orders",
    });
  });
});

test("is not destroyed by OpenTofu where the environment is protected", () => {
  const kept = synthIn(production, (stack) => void queue(stack));
  for (const each of Object.values(kept.resources("aws_sqs_queue"))) {
    expect(each["lifecycle"]).toEqual({ prevent_destroy: true });
  }
});

test("fails with PVD1025 for handling out of bounds, both at once", () => {
  expect(() => synthIn(dev, (stack) => void queue(stack, { visibilitySeconds: 0, attempts: 1001 }))).toThrow(
    /PVD1025 dev-orders\/queue visibilitySeconds: got 0.*\n.*PVD1025 dev-orders\/queue attempts: got 1001, want .*1000/,
  );
});

test("fails with PVD1006 for a name that SQS refuses for its length", () => {
  expect(() => synthIn(dev, (stack) => void queue(stack, { name: "o".repeat(80) }))).toThrow(/PVD1006 .*at most 80/);
});
