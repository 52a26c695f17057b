import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { uncovered } from "@paved/modules";
import { S3Backend, type TerraformElement, TerraformHclModule, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { IService } from "kubernetes-models/v1/Service";
import { type Customize, deviate, type Manifest, NodeApi, PythonWorker, type ServiceStack } from "../src";
import { buildService, dev, only, production, terms } from "./service-fixture";

const api = (stack: ServiceStack, customize?: Customize) =>
  new NodeApi(stack, "api", { image: "commerce/orders", port: 8080, customize });
const customized = (customize: Customize) => buildService((stack) => api(stack, customize));

/** What synth would refuse, and the deviations that the index lists, of a service that does something beside its path. */
function beside(work: (stack: ServiceStack, path: NodeApi) => unknown) {
  let judged: { refused: readonly string[]; deviations: ServiceStack["deviations"] } | undefined;
  const built = buildService((stack) => {
    const path = api(stack);
    work(stack, path);
    judged = { refused: uncovered(stack).map(({ code, got }) => `${code} ${got}`), deviations: stack.deviations };
    return path;
  });
  return { ...judged!, built };
}

const rawQueue = (scope: Construct) => new SqsQueue(scope, "queue", { name: "mirror" });
const found = (path: NodeApi, end: string) =>
  path.node.findAll().find((each) => each.node.path.endsWith(`/api/${end}`)) as Construct;
const REPOSITORY = "aws_ecr_repository.api_repository_repository";
const repository = (path: NodeApi) => found(path, "repository/repository") as EcrRepository;

/** The scope of a deviation, kept for when it is over. */
function laterScope(stack: ServiceStack): Construct {
  const kept: Construct[] = [];
  const work = (scope: Construct) => {
    kept.push(scope);
    new SqsQueue(scope, "covered", { name: "covered" });
  };
  stack.add("kept", deviate(terms, work));
  return kept[0] as Construct;
}

describe("customize", () => {
  test("changes one manifest, typed, and nothing else", () => {
    const usual = buildService((stack) => api(stack)).manifests;
    const { manifests } = customized({
      deployment: deviate(terms, (deployment) => ({
        ...deployment,
        spec: { ...deployment.spec!, minReadySeconds: 30 },
      })),
    });
    expect(only({ manifests }, "Deployment")).toMatchObject({ spec: { minReadySeconds: 30 } });
    expect(manifests.filter(({ kind }) => kind !== "Deployment")).toEqual(
      usual.filter(({ kind }) => kind !== "Deployment"),
    );
  });

  test("is listed with its terms, what it changes and where it stands", () => {
    const built = buildService((stack) => {
      const path = api(stack, {
        autoscaler: deviate(terms, (it) => ({ ...it, spec: { ...it.spec!, maxReplicas: 9 } })),
      });
      expect(stack.deviations).toEqual([
        { ...terms, subject: "HorizontalPodAutoscaler/orders", source: "stacks/services/orders.ts" },
      ]);
      return path;
    });
    expect(only(built, "HorizontalPodAutoscaler")).toMatchObject({ spec: { maxReplicas: 9 } });
  });

  test("fails with PVD1033 when it changes nothing", () => {
    expect(() => customized({ service: deviate(terms, (it) => it) })).toThrow(
      "PVD1033 stacks/services/orders.ts customize.service: got a deviation from startup-time that changes nothing",
    );
  });

  test("holds in one environment, in place of what stands above for the same manifest", () => {
    const wait = (seconds: number): Customize => ({
      deployment: deviate(terms, (it) => ({ ...it, spec: { ...it.spec!, minReadySeconds: seconds } })),
    });
    const budget: Customize = {
      disruptionBudget: deviate(terms, (it) => ({ ...it, spec: { ...it.spec!, maxUnavailable: 2 } })),
    };
    const build = (environment: typeof dev | typeof production) => {
      let deviations: ServiceStack["deviations"] = [];
      const { manifests } = buildService(
        (stack) => {
          const options = { image: "commerce/orders", port: 8080, customize: wait(10) };
          const environments = { production: { customize: { ...wait(20), ...budget } } };
          const path = new NodeApi(stack, "api", { ...options, environments });
          deviations = stack.deviations;
          return path;
        },
        { environment },
      );
      const { spec } = only<{ spec: { minReadySeconds: number } }>({ manifests }, "Deployment");
      return [spec.minReadySeconds, ...deviations.map(({ subject }) => subject)];
    };
    expect(build(dev)).toEqual([10, "Deployment/orders"]);
    expect(build(production)).toEqual([20, "Deployment/orders", "PodDisruptionBudget/orders"]);
  });

  test("is made, and checked, before an image is released, though nothing is delivered yet", () => {
    let held: readonly Manifest[] = [];
    const build = (change: Parameters<typeof deviate<IService>>[1]) =>
      buildService(
        (stack) => {
          const path = api(stack, { service: deviate(terms, change) });
          held = stack.heldManifests();
          return path;
        },
        { digest: null },
      );
    const labelled = build((it) => ({ ...it, metadata: { ...it.metadata, labels: { a: "b" } } }));
    expect(labelled.manifests).toEqual([]);
    expect(only({ manifests: held }, "Service")).toMatchObject({
      metadata: { labels: { a: "b" } },
    });
    expect(() => build((it) => it)).toThrow(/PVD1033 .*customize\.service/);
  });

  test("fails with PVD1033 for a manifest that the golden path does not have", () => {
    const job = { image: "commerce/worker", schedule: "0 3 * * *" };
    const worker = (customize: Customize) =>
      buildService((stack) => new PythonWorker(stack, "worker", { ...job, customize }));
    expect(() => worker({ deployment: deviate(terms, (it) => it) })).toThrow(
      "PVD1033 stacks/services/orders.ts customize.deployment: got a change of a Deployment, which there is not, want one of cronJob, networkPolicy; change what there is, or remove it",
    );
  });

  test("fails with PVD1028 when the result is not of the kind", () => {
    const wrong = { disruptionBudget: deviate(terms, (it: object) => ({ ...it, spec: { maxUnavailable: [1] } })) };
    expect(() => customized(wrong as unknown as Customize)).toThrow(/PVD1028 .*maxUnavailable/);
  });

  test("fails with PVD1031 when the result is another object", () => {
    const other = deviate(terms, (it: { metadata?: object }) => ({ ...it, metadata: { ...it.metadata, name: "b" } }));
    expect(() => customized({ service: other } as unknown as Customize)).toThrow(
      /PVD1031 .*customize\.service: got "Service" "b" in "orders", want Service orders in orders/,
    );
  });

  test("fails with PVD1031 for wrong terms", () => {
    const wrong = { ...terms, approvedBy: "commerce" };
    expect(() => customized({ service: deviate(wrong, (it) => it) })).toThrow(/PVD1031 .*deviate approvedBy/);
  });
});

describe("raw resources", () => {
  test("what modules make needs no deviation", () => {
    expect(beside(() => undefined).refused).toEqual([]);
  });

  test("a covered one is listed by its address", () => {
    const { refused, deviations, built } = beside((stack) => stack.add("mirror", deviate(terms, rawQueue)));
    expect(refused).toEqual([]);
    expect(deviations).toEqual([expect.objectContaining({ subject: "aws_sqs_queue.mirror_queue" })]);
    expect(built.stack.only("aws_sqs_queue")).toMatchObject({ name: "mirror" });
  });

  test("one that leaves several rules is listed once for each of them", () => {
    const several = { ...terms, rule: ["AWS-SQS-001", "AWS-SQS-003"] };
    const { deviations } = beside((stack) => stack.add("mirror", deviate(several, rawQueue)));
    expect(deviations.map(({ rule, subject }) => [rule, subject])).toEqual([
      ["AWS-SQS-001", "aws_sqs_queue.mirror_queue"],
      ["AWS-SQS-003", "aws_sqs_queue.mirror_queue"],
    ]);
  });

  test.each([
    ["in the stack", (stack: ServiceStack) => rawQueue(stack)],
    ["in the golden path", (_stack: ServiceStack, path: NodeApi) => rawQueue(path)],
    ["in a construct of one's own", (stack: ServiceStack) => rawQueue(new Construct(stack, "own"))],
    ["in a module", (_stack: ServiceStack, path: NodeApi) => rawQueue(found(path, "repository"))],
    ["in the scope of a deviation, later", (stack: ServiceStack) => rawQueue(laterScope(stack))],
  ])("fails with PVD1032 for one %s", (_where, work) => {
    expect(beside(work).refused).toEqual([expect.stringMatching(/^PVD1032 the raw resource aws_sqs_queue\./)]);
  });

  test("fails with PVD1033 for a deviation that adds nothing", () => {
    expect(() =>
      beside((stack) =>
        stack.add(
          "mirror",
          deviate(terms, () => undefined),
        ),
      ),
    ).toThrow(/PVD1033 stacks\/services\/orders\.ts add mirror/);
  });
});

describe("other raw blocks", () => {
  test.each<[string, (stack: ServiceStack) => unknown, string]>([
    [
      "a data source",
      (stack) => new DataAwsCallerIdentity(stack, "me"),
      "PVD1032 the raw data source data.aws_caller_identity.me",
    ],
    [
      "an output",
      (stack) => new TerraformOutput(stack, "said", { value: "1" }),
      "PVD1032 the raw block TerraformOutput.said",
    ],
  ])("fails with PVD1032 for %s, unless a deviation covers it", (_what, work, refused) => {
    expect(beside(work).refused).toEqual([refused]);
    const covered = deviate(terms, (scope) => work(scope as ServiceStack));
    expect(beside((stack) => stack.add("own", covered)).refused).toEqual([]);
  });

  test.each<[string, (scope: Construct) => unknown, string]>([
    [
      "a provider",
      (scope) => new AwsProvider(scope, "two", { alias: "two", region: "us-east-1" }),
      "the raw block AwsProvider",
    ],
    [
      "a backend",
      (scope) => new S3Backend(new Construct(scope, "state"), { bucket: "b", key: "k", region: "eu-west-1" }),
      "the raw block S3Backend",
    ],
    [
      "a module of OpenTofu",
      (scope) => new TerraformHclModule(scope, "evil", { source: "git::https://evil.example.com/x.git" }),
      "the raw block TerraformHclModule",
    ],
  ])("fails with PVD1034 for %s, also in a deviation", (_what, work, got) => {
    const refused = [expect.stringContaining(`PVD1034 ${got}`)];
    expect(beside(work).refused).toEqual(refused);
    const covered = deviate(terms, (scope: Construct) => [rawQueue(scope), work(scope)]);
    expect(beside((stack) => stack.add("own", covered)).refused).toEqual(refused);
  });
});

describe("changes of what modules made", () => {
  const changes: readonly (readonly [string, (path: NodeApi) => unknown, string])[] = [
    ["a typed setter", (path) => (repository(path).imageTagMutability = "MUTABLE"), "imageTagMutability"],
    ["a block", (path) => repository(path).putImageScanningConfiguration({ scanOnPush: false }), "imageScanning"],
    ["a part of a block", (path) => (repository(path).timeouts.delete = "1h"), "timeouts"],
    [
      "a value inside a list",
      (path) => Object.assign(repository(path).encryptionConfiguration, { internalValue: [] }),
      "encryptionConfiguration",
    ],
    ["how many there are", (path) => (repository(path).count = 0), "count"],
    ["what is looked after", (path) => (repository(path).lifecycle = { ignoreChanges: "all" }), "lifecycle"],
    [
      "commands that are run",
      (path) => (repository(path).provisioners = [{ type: "local-exec", command: "id" }]),
      "provisioners",
    ],
    ["its id", (path) => repository(path).overrideLogicalId("elsewhere"), "logicalIdOverride"],
  ];

  test.each(changes)("fails with PVD1032 for %s", (_what, change, field) => {
    const [first, ...others] = beside((_stack, path) => change(path)).refused;
    expect(first).toMatch(/^PVD1032 another \w+ of aws_ecr_repository\./);
    expect(first).toContain(`another ${field}`);
    expect(others).toEqual([]);
  });

  test("a deviation covers them, and is listed by the address", () => {
    const covered = (path: NodeApi) => deviate(terms, () => (repository(path).imageTagMutability = "MUTABLE"));
    const { refused, deviations, built } = beside((stack, path) => stack.add("tags", covered(path)));
    expect(refused).toEqual([]);
    expect(deviations).toEqual([expect.objectContaining({ subject: REPOSITORY })]);
    expect(built.stack.only("aws_ecr_repository")["image_tag_mutability"]).toBe("MUTABLE");
  });

  test.each([
    ["before", (change: () => void, deviation: () => void) => [change(), deviation()]],
    ["after", (change: () => void, deviation: () => void) => [deviation(), change()]],
  ])("fails with PVD1032 for one made %s a deviation of the same resource", (_when, order) => {
    const { refused } = beside((stack, path) => {
      const change = () => void (repository(path).forceDelete = true);
      const tags = deviate(terms, () => (repository(path).imageTagMutability = "MUTABLE"));
      order(change, () => stack.add("tags", tags));
    });
    expect(refused).toEqual([expect.stringContaining(`forceDelete`)]);
  });

  test("fails with PVD1032 for the last thing that was made, too", () => {
    const { refused } = beside((stack) => {
      stack.add("mirror", deviate(terms, rawQueue));
      const last = stack.node.findAll().find((each) => each.node.id === "queue") as SqsQueue;
      last.count = 3;
    });
    expect(refused).toEqual(["PVD1032 another count of aws_sqs_queue.mirror_queue"]);
  });

  test("fails with PVD1032 for what is taken out, unless a deviation does it", () => {
    const takeOut = (path: NodeApi) => found(path, "repository").node.tryRemoveChild("retention");
    expect(beside((_stack, path) => takeOut(path)).refused).toEqual([
      "PVD1032 no aws_ecr_lifecycle_policy.api_repository_retention, which was taken out of the tree",
    ]);
    const covered = beside((stack, path) =>
      stack.add(
        "keep-images",
        deviate(terms, () => takeOut(path)),
      ),
    );
    expect(covered.refused).toEqual([]);
    expect(covered.deviations).toMatchObject([{ subject: "aws_ecr_lifecycle_policy.api_repository_retention" }]);
  });

  test.each<[string, (element: TerraformElement) => unknown]>([
    ["aws", (element) => ((element as AwsProvider).region = "us-east-1")],
    ["backend", (element) => element.addOverride("bucket", "mine")],
  ])("fails with PVD1034 for a change of the stack's own %s, also in a deviation", (id, change) => {
    const { refused } = beside((stack) => {
      const own = stack.node.findChild(id) as TerraformElement;
      const work = (scope: Construct) => [rawQueue(scope), change(own)];
      stack.add("own", deviate(terms, work));
    });
    expect(refused).toEqual([expect.stringMatching(/^PVD1034 (another region|a raw override) of /)]);
  });
});

describe("raw overrides", () => {
  const override = (path: NodeApi, value: unknown) => repository(path).addOverride("image_tag_mutability", value);

  test("a covered one is listed by the address it changes", () => {
    const { refused, deviations, built } = beside((stack, path) =>
      stack.add(
        "mutable-tags",
        deviate(terms, () => override(path, "MUTABLE")),
      ),
    );
    expect(refused).toEqual([]);
    expect(deviations).toEqual([expect.objectContaining({ subject: "aws_ecr_repository.api_repository_repository" })]);
    expect(built.stack.only("aws_ecr_repository")["image_tag_mutability"]).toBe("MUTABLE");
  });

  test("fails with PVD1032 for one that is not", () => {
    expect(beside((_stack, path) => override(path, "MUTABLE")).refused).toEqual([
      "PVD1032 a raw override of aws_ecr_repository.api_repository_repository",
    ]);
  });

  test.each(["output.x.value", "terraform.backend.s3.bucket", "terraform.required_version"])(
    "fails with PVD1032 for one of the stack's %s",
    (path) => {
      expect(beside((stack) => stack.addOverride(path, "1")).refused).toEqual([
        `PVD1032 a raw override of the stack's ${path}`,
      ]);
    },
  );

  test("fails with PVD1033 for one that says what is there anyway", () => {
    expect(() =>
      beside((stack, path) =>
        stack.add(
          "same",
          deviate(terms, () => override(path, "IMMUTABLE")),
        ),
      ),
    ).toThrow(/PVD1033 .*add same/);
  });
});
