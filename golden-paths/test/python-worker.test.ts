import { PythonWorker, type PythonWorkerProps, pythonWorker } from "../src";
import { itIsAGoldenPath } from "./every-path";
import { buildService, dev, type FixtureOptions, only, production, refusals, reviewed } from "./service-fixture";

const minimal: PythonWorkerProps = { image: "commerce/fulfilment" };

const everything: PythonWorkerProps = {
  image: "commerce/fulfilment",
  port: 9000,
  size: "medium",
  resources: { memory: "3Gi" },
  scale: { min: 0, max: 8 },
  messagesPerPod: 25,
  queue: { visibilitySeconds: 300, attempts: 3 },
  database: { size: "small" },
  bucket: true,
  topic: true,
  config: { BATCH: "10" },
  secrets: ["carrier-login"],
  health: { live: "/live", ready: "/ready" },
};

const build = (props: PythonWorkerProps, options: FixtureOptions<PythonWorker> = {}) =>
  buildService((stack) => new PythonWorker(stack, "worker", props), options);

interface Deployed {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly containers: readonly Record<string, unknown>[];
      };
    };
  };
}

const scaler = (built: ReturnType<typeof build>) =>
  only<{ spec: { minReplicaCount: number; maxReplicaCount: number; triggers: { metadata: object }[] } }>(
    built,
    "ScaledObject",
  ).spec;

itIsAGoldenPath<PythonWorkerProps, PythonWorker>(pythonWorker, { id: "worker", minimal, everything });

test("by a schedule, in dev", () => {
  const built = build({ ...minimal, schedule: "0 3 * * 1-5", timeoutMinutes: 90 });
  expect(built.stack.addresses()).toMatchSnapshot("addresses");
  expect(reviewed(built)).toMatchSnapshot("manifests");
});

test("has a queue with dead letters, asked for or not", () => {
  expect(Object.keys(build(minimal).stack.resources("aws_sqs_queue"))).toEqual([
    "worker_queue_dead-letters",
    "worker_queue_queue",
  ]);
});

test("has as many pods as its queue needs, within its bounds", () => {
  expect(scaler(build(everything))).toMatchObject({
    minReplicaCount: 0,
    maxReplicaCount: 8,
    triggers: [
      {
        type: "aws-sqs-queue",
        metadata: {
          queueURL: "https://sqs.eu-west-1.amazonaws.com/111111111111/paved-dev-orders",
          queueLength: "25",
          scaleOnInFlight: "true",
        },
      },
    ],
  });
  expect(scaler(build(minimal, { environment: production })).maxReplicaCount).toBe(12);
});

test("no route leads to it, and nobody but Prometheus may call it", () => {
  const built = build(everything);
  expect(built.manifests.map(({ kind }) => kind)).toEqual([
    "Deployment",
    "ScaledObject",
    "PodDisruptionBudget",
    "NetworkPolicy",
    "PodMonitor",
    "ExternalSecret",
    "ConfigMap",
    "ConfigMap",
    "Job",
    "ConfigMap",
    "PrometheusRule",
  ]);
  const { ingress } = only<{ spec: { ingress: { from: object[] }[] } }>(built, "NetworkPolicy").spec;
  expect(ingress.map(({ from }) => from)).toEqual([
    [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } }],
  ]);
});

test.each([60, 300, 850])("is given longer to end than the %d s that its message is hidden", (visibilitySeconds) => {
  const built = build({ ...minimal, queue: { visibilitySeconds } });
  const { terminationGracePeriodSeconds } = only<Deployed>(built, "Deployment").spec.template.spec;
  expect(terminationGracePeriodSeconds).toBeGreaterThan(visibilitySeconds);
});

test("resources take the place of what the size means, field by field", () => {
  const [container] = only<Deployed>(build(everything), "Deployment").spec.template.spec.containers;
  expect(container?.["resources"]).toMatchObject({
    requests: { cpu: dev.workload.sizes.medium.cpu, memory: "3Gi" },
    limits: { cpu: dev.workload.sizes.medium.cpuLimit, memory: "3Gi" },
  });
});

describe("by a schedule", () => {
  const built = build({ ...minimal, schedule: "0 3 * * *" });
  const job = only<{
    spec: {
      timeZone: string;
      concurrencyPolicy: string;
      jobTemplate: { spec: Record<string, unknown> & { template: { spec: Record<string, unknown> } } };
    };
  }>(built, "CronJob").spec;

  test("it runs in UTC, never twice at once, and not for ever", () => {
    expect(job).toMatchObject({ schedule: "0 3 * * *", timeZone: "Etc/UTC", concurrencyPolicy: "Forbid" });
    expect(job.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 3600, backoffLimit: 2 });
  });

  test("it has no queue unless it asks for one, and nothing that scales it", () => {
    expect(built.stack.resources("aws_sqs_queue")).toEqual({});
    expect(built.manifests.map(({ kind }) => kind)).toEqual([
      "CronJob",
      "NetworkPolicy",
      "PodMonitor",
      "ConfigMap",
      "PrometheusRule",
    ]);
  });

  test("its pods are as hardened as those of a Deployment", () => {
    const deployed = only<Deployed>(build(minimal), "Deployment").spec.template.spec;
    const scheduled = job.jobTemplate.spec.template.spec as unknown as typeof deployed;
    for (const field of ["securityContext", "automountServiceAccountToken", "enableServiceLinks", "volumes"] as const) {
      expect(scheduled[field as keyof typeof deployed]).toEqual(deployed[field as keyof typeof deployed]);
    }
    expect(scheduled.containers[0]?.["securityContext"]).toEqual(deployed.containers[0]?.["securityContext"]);
  });
});

test("subscribeTo has another service's events delivered into its queue, and waits for that service's stack", () => {
  const built = build(minimal, { also: (worker) => worker.subscribeTo({ serviceName: "payments" }) });
  expect(built.stack.only("aws_sns_topic_subscription")).toMatchObject({
    topic_arn: expect.stringContaining("contract-topic-payments-v1"),
    endpoint: "${aws_sqs_queue.worker_queue_queue.arn}",
  });
});

test("readFrom, sendTo and publishTo grant exactly that, and say where the others are", () => {
  const other = { serviceName: "ledger" };
  const built = build(minimal, {
    also: (worker) => {
      worker.readFrom(other);
      worker.sendTo(other);
      worker.publishTo(other);
    },
  });
  const policy = String(built.stack.only("aws_iam_role_policy")["policy"]);
  for (const action of ["rds-db:connect", "sqs:SendMessage", "sns:Publish"]) expect(policy).toContain(action);
  expect(Object.keys(built.stack.only("kubernetes_config_map_v1")["data"] as object)).toEqual(
    expect.arrayContaining(["LEDGER_DATABASE_HOST", "LEDGER_QUEUE_URL", "LEDGER_TOPIC_ARN"]),
  );
});

test("is absent until an image is released, and the stack says so", () => {
  const built = build(minimal, { digest: null });
  expect(built.manifests).toEqual([]);
  expect(built.notes).toEqual(["no image released to dev yet: provisioned without a workload"]);
});

describe("wrong input", () => {
  test.each([
    ["port", { port: 80 }],
    ["messagesPerPod", { messagesPerPod: 0 }],
    ["timeoutMinutes", { schedule: "0 3 * * *", timeoutMinutes: 1441 }],
    ["queue.visibilitySeconds", { queue: { visibilitySeconds: 43_201 } }],
    ["queue.visibilitySeconds", { queue: { visibilitySeconds: 851 } }],
    ["scale", { scale: { min: -1, max: 2 } }],
    ["scale", { scale: { min: 0, max: 0 } }],
    ["schedule", { schedule: "every night" }],
    ["schedule", { schedule: "60 3 * * *" }],
    ["schedule", { schedule: "0 24 * * *" }],
    ["schedule", { schedule: "0 3 0 * *" }],
    ["schedule", { schedule: "0 3 * 13 *" }],
    ["schedule", { schedule: "0 3 * * 7" }],
    ["schedule", { schedule: "0 3 31 2 *" }],
    ["schedule", { schedule: "0 3 30 2 */1" }],
    ["schedule", { schedule: "0 3 31 4-6/2,9,11 *" }],
    ["timeoutMinutes", { timeoutMinutes: 60 }],
    ["messagesPerPod", { schedule: "0 3 * * *", messagesPerPod: 99 }],
    ["scale", { schedule: "0 3 * * *", scale: { min: 5, max: 9 } }],
    ["environments.dev.scale", { schedule: "0 3 * * *", environments: { dev: { scale: { min: 1, max: 2 } } } }],
    ["health", { schedule: "0 3 * * *", health: { live: "/a", ready: "/b" } }],
    ["schedule", { schedule: "5-1 3 * * *" }],
    ["schedule", { schedule: "*/0 3 * * *" }],
    ["schedule", { schedule: "0 3 * *" }],
    ["schedule", { schedule: `${"1,".repeat(500)}1 3 * * *` }],
  ])("fails with PVD1025 when %s is wrong: %j", (field, change) => {
    expect(refusals(() => build({ ...minimal, ...change }))).toEqual([`PVD1025 ${field}`]);
  });

  test.each([
    "0 3 * * *",
    "*/15 * * * *",
    "0,30 8-18 1 1-6/2 0,6",
    "0 3 29 2 *",
    "0 3 31 1,2 *",
    "0 3 31 2 1",
    "0 3 28/3 2 *",
  ])("accepts the schedule %s", (schedule) => {
    expect(refusals(() => build({ ...minimal, schedule }))).toEqual([]);
  });

  test("says which days the months have, and what a run does instead of what has no effect", () => {
    expect(() => build({ ...minimal, schedule: "0 3 31 4,6 *" })).toThrow(
      'schedule: got "0 3 31 4,6 *", want a day that one of its months has; write a day from 1 to 30 in the third field',
    );
    expect(() => build({ ...minimal, schedule: "0 3 * * *", messagesPerPod: 9 })).toThrow(
      "messagesPerPod: got 9, want options that have an effect with schedule; remove it: a run does not wait for messages",
    );
    expect(() => build({ ...minimal, timeoutMinutes: 9 })).toThrow(
      "timeoutMinutes: got 9, want a schedule, whose runs it ends; remove it, or add schedule",
    );
  });

  test("fails with PVD1025 for a subscription of what has no queue", () => {
    const scheduled = { ...minimal, schedule: "0 3 * * *" };
    const subscribed = () => build(scheduled, { also: (job) => job.subscribeTo({ serviceName: "payments" }) });
    expect(subscribed).toThrow(/PVD1025 .*subscribeTo: got a subscription to payments without a queue/);
  });

  test("fails with PVD1003 and PVD1017 beside the rest, all at once", () => {
    const wrong = { image: "worker:latest", size: "tiny" as "small", messagesPerPod: 0 };
    expect(refusals(() => build(wrong))).toEqual(["PVD1003 image", "PVD1017 size", "PVD1025 messagesPerPod"]);
  });
});
