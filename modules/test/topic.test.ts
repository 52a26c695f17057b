import { synth } from "@paved/testing";
import { PavedStack, Topic } from "../src";
import { client } from "./support/client";
import { dev, production, synthIn } from "./support/stacks";

const topic = (stack: PavedStack, name = "payments") => new Topic(stack, "topic", { name });
const minimal = synthIn(dev, (stack) => void topic(stack));

test("snapshot: dev, granted to nobody", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production, granted to one", () => {
  expect(synthIn(production, (stack) => topic(stack).grantPublish(client(stack, "api"))).summary()).toMatchSnapshot();
});

test("is encrypted with a key of its own", () => {
  expect(minimal.only("aws_sns_topic")["kms_master_key_id"]).toBe("${aws_kms_key.topic_key_key.arn}");
});

test("nobody publishes without TLS", () => {
  const { Statement } = JSON.parse(String(minimal.only("aws_sns_topic_policy")["policy"])) as {
    Statement: Record<string, unknown>[];
  };
  expect(Statement).toContainEqual(
    expect.objectContaining({
      Effect: "Deny",
      Action: "sns:Publish",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  );
});

test("who publishes may encrypt with the key, is told the ARN, and reaches SNS inside the network only", () => {
  let granted: ReturnType<typeof client> | undefined;
  const stack = synthIn(dev, (each) => topic(each).grantPublish((granted = client(each, "api"))));
  expect(granted?.facts).toMatchObject({ PAYMENTS_TOPIC_ARN: expect.any(String) });
  expect(granted?.egress).toEqual([{ to: "intra-subnets", port: 443 }]);
  const policy = String(stack.only("aws_iam_role_policy")["policy"]);
  expect(policy).toContain("sns:Publish");
  expect(policy).toContain("kms:GenerateDataKey");
});

test("another service's stack finds it, and its key, by its contract", () => {
  const stacks = synth((app) => {
    topic(new PavedStack(app, { environment: dev, name: "payments", kind: "service", owner: "payments" }));
    const other = new PavedStack(app, { environment: dev, name: "shop", kind: "service", owner: "growth" });
    Topic.fromName(other, "payments").grantPublish(client(other, "shop"));
  });
  const read = "data.aws_ssm_parameter.contract-topic-payments-v1";
  expect(stacks["dev-shop"]?.at(read)["name"]).toBe("/paved/dev/topic-payments/v1");
  expect(JSON.stringify(stacks["dev-shop"]?.only("aws_iam_role_policy"))).toContain(`${read}.insecure_value`);
});

test("fails with PVD1007 for a name that SNS refuses", () => {
  expect(() => synthIn(dev, (stack) => void topic(stack, "pay.ments"))).toThrow(/PVD1007 .*SNS topic/);
});
