import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { loadEnvironment } from "@paved/environments";
import {
  type Customize,
  defineService,
  deviate,
  NodeApi,
  renamedFrom,
  type ServiceDefinition,
  type ServiceStack,
} from "@paved/golden-paths";
import type { Finding } from "@paved/model";
import { type Contract, consume, coveredBy, ImageRepository, publish } from "@paved/modules";
import { Annotations, S3Backend } from "cdktf";
import type { Construct } from "constructs";
import { synthesize } from "../src";
import { about, findingsOf, terms } from "./service-fixture";

/** A service that does this, and builds a golden path if that is not it. */
const service = (name: string, build: (stack: ServiceStack) => void): ServiceDefinition =>
  defineService(about(name), (stack) => {
    build(stack);
    if (stack.workload === undefined) api(stack);
  });
const api = (stack: ServiceStack) => new NodeApi(stack, "api", { image: `commerce/${stack.service.name}`, port: 8080 });
const raw = (stack: ServiceStack, id: string, value = "x") =>
  new SsmParameter(stack, id, { name: `/${id}`, type: "String", insecureValue: value });

/** A service whose raw resources are covered, since another fence is what it is about. */
const covered = (name: string, build: (stack: ServiceStack) => unknown): ServiceDefinition =>
  service(name, (stack) => coveredBy(stack, stack, () => build(stack)));

let output: string;
beforeEach(() => {
  output = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "paved-bad-input-")), "cdktf.out");
});
afterEach(() => fs.rmSync(path.dirname(output), { recursive: true, force: true }));

function found(...definitions: ServiceDefinition[]): readonly Finding[] {
  const services = definitions.map((definition) => ({
    definition,
    file: `stacks/services/${definition.metadata.name}.ts`,
  }));
  const { environment, releases: all } = loadEnvironment("dev");
  const names = definitions.map(({ metadata }) => metadata.name);
  const releases = Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  return findingsOf(() =>
    synthesize({ output, services: () => services, environments: () => [{ environment, releases }] }),
  );
}

function findings(...definitions: ServiceDefinition[]): readonly string[] {
  return found(...definitions).map((finding) => `${finding.code} ${finding.where}: ${finding.got}`);
}

const written = (stack: string) => fs.readFileSync(path.join(output, "stacks", stack, "cdk.tf.json"), "utf8");

test("a sound service is synthesized", () => {
  expect(findings(service("orders", api))).toEqual([]);
  expect(JSON.parse(written("dev-orders"))).toHaveProperty("resource.aws_ecr_repository");
});

test("nothing is written when something is wrong, and the former output stands", () => {
  expect(findings(covered("orders", api))).toEqual([]);
  const former = written("dev-orders");
  expect(findings(covered("orders", (stack) => raw(stack, "Wrong")))).toHaveLength(1);
  expect(written("dev-orders")).toBe(former);
});

test("fails with PVD1009 on a circle of allowFrom", () => {
  const orders: ServiceDefinition = service("orders", (stack) => api(stack).allowFrom(payments));
  const payments: ServiceDefinition = service("payments", (stack) => api(stack).allowFrom(orders));
  expect(findings(orders, payments)).toEqual([
    expect.stringMatching(/^PVD1009 .*(orders → payments → orders|payments → orders → payments)/),
  ]);
});

test("fails with PVD1010 on a circle of contracts", () => {
  const contract = (name: string) =>
    ({ name, version: 1, fields: { fact: "string" } }) as const satisfies Contract<Record<string, "string">>;
  const one = (name: string, publishes: string, consumes: string) =>
    service(name, (stack) => publish(stack, contract(publishes), { fact: consume(stack, contract(consumes)).fact }));
  expect(findings(one("orders", "left", "right"), one("payments", "right", "left"))).toEqual([
    expect.stringMatching(/^PVD1010 /),
  ]);
});

test("fails with PVD1011 on a contract nobody publishes", () => {
  const missing = { name: "networks", version: 1, fields: { fact: "string" } } as const;
  expect(findings(service("orders", (stack) => consume(stack, missing)))).toEqual([
    expect.stringMatching(/^PVD1011 dev-orders: contract networks@1/),
  ]);
});

test("fails with PVD1011 on a topic, queue or database that the other service has not, saying where to add it", () => {
  const lonely = { serviceName: "payments" };
  const asking = service("orders", (stack) => {
    const path = new NodeApi(stack, "api", { image: "commerce/orders", port: 8080, queue: {} });
    path.publishTo(lonely);
    path.subscribeTo(lonely);
    path.sendTo(lonely);
    path.readFrom(lonely);
  });
  const where = "PVD1011 stacks/services/orders.ts";
  expect(findings(asking, service("payments", api))).toEqual([
    `${where} publishTo: payments, which has no topic`,
    `${where} sendTo: payments, which has no queue`,
    `${where} readFrom: payments, which has no database`,
  ]);
});

test("fails with PVD1019 on a contract that two stacks publish", () => {
  const rates = { name: "rates", version: 1, fields: { fact: "string" } } as const;
  const publisher = (name: string) => service(name, (stack) => publish(stack, rates, { fact: name }));
  expect(findings(publisher("orders"), publisher("payments"))).toEqual([
    "PVD1019 dev-payments: contract rates@1, which dev-orders publishes too",
  ]);
});

test("fails with PVD1021 on a service that is called like a platform stack", () => {
  expect(findings(service("network", api))).toEqual(["PVD1021 dev-network: a second stack of this name"]);
});

test("fails with PVD1024 on a construct that was annotated with an error", () => {
  const annotated = covered("orders", (stack) => Annotations.of(raw(stack, "old")).addError("retired"));
  expect(findings(annotated)).toEqual(["PVD1024 dev-orders/old: retired"]);
});

test("fails with PVD1036 on a service whose alerts would reach nobody, in each environment", () => {
  const orders = defineService({ ...about("orders"), onCall: "commerce-secondary" }, api);
  expect(findings(orders)).toEqual([
    'PVD1036 dev-orders onCall: the rotation "commerce-secondary", which has no receiver in dev',
  ]);
});

test("fails with PVD1032 on a raw resource that no deviation covers", () => {
  expect(findings(service("orders", (stack) => raw(stack, "flag")))).toEqual([
    "PVD1032 dev-orders: the raw resource aws_ssm_parameter.flag",
  ]);
});

test("fails with what rendering finds, which comes after all services have said what they want", () => {
  const customize: Customize = { deployment: deviate(terms, (deployment) => deployment) };
  const build = (stack: ServiceStack) => new NodeApi(stack, "api", { image: "commerce/orders", port: 8080, customize });
  expect(findings(service("orders", build))).toEqual([
    "PVD1033 stacks/services/orders.ts customize.deployment: a deviation from startup-time that changes nothing",
  ]);
});

test("fails with PVD1030 on a rename from where something still stands", () => {
  const build = (stack: ServiceStack) => {
    raw(stack, "old");
    renamedFrom(raw(stack, "fresh"), "old");
  };
  expect(findings(covered("orders", build))).toEqual([
    "PVD1030 dev-orders: a record of aws_ssm_parameter.old, which is still there",
  ]);
});

test("fails with PVD1013 when two constructs collapse to one address", () => {
  const clash = covered("orders", (stack) => {
    raw(stack, "first").overrideLogicalId("same");
    raw(stack, "second").overrideLogicalId("same");
  });
  expect(findings(clash)).toEqual(["PVD1013 dev-orders: first and second at aws_ssm_parameter.same"]);
});

test("fails with PVD1014 on ids that the stock scheme would collapse: a.b", () => {
  const clash = covered("orders", (stack) => {
    raw(stack, "a.b");
    raw(stack, "ab");
  });
  expect(findings(clash)).toEqual([expect.stringMatching(/^PVD1014 dev-orders\/a\.b/)]);
});

test("fails with PVD1008 when a token is used in a name", () => {
  const token = covered("orders", (stack) => new ImageRepository(stack, "images", { name: raw(stack, "source").arn }));
  expect(findings(token)).toEqual([expect.stringMatching(/^PVD1008 dev-orders\/images/)]);
});

test("fails with PVD1015 when a token was changed in case before it was known", () => {
  const token = covered("orders", (stack) => raw(stack, "derived", raw(stack, "source").arn.toUpperCase()));
  expect(findings(token)).toEqual([expect.stringMatching(/^PVD1015 dev-orders derived/)]);
});

test("fails with PVD1018 on a template that reads a file, wherever it is written", () => {
  expect(findings(covered("orders", (stack) => raw(stack, "evil", '${file("/etc/passwd")}')))).toEqual([
    "PVD1018 dev-orders evil: a call of file()",
  ]);
});

test("a template in what a team writes about its service is text in the output", () => {
  const definition = defineService(
    { ...about("orders"), runbook: 'https://runbooks.example.com/${file("/etc/passwd")}' },
    api,
  );
  expect(findings(definition)).toEqual([]);
  expect(written("dev-orders")).not.toMatch(/(?<!\$)\$\{file/);
});

test("fails with PVD1034 when a stack's backend is replaced by one without a lock", () => {
  const unlocked = service("orders", (stack) => {
    stack.node.tryRemoveChild("backend");
    new S3Backend(stack, { bucket: "b", key: "k", region: "eu-west-1" });
  });
  expect(findings(unlocked)).toEqual([
    "PVD1034 dev-orders: the raw block S3Backend.backend",
    "PVD1034 dev-orders: no S3Backend.backend, which was taken out of the tree",
  ]);
});

test("fails with PVD1034 for commands that a deviation has the engine run, judged on what was written", () => {
  const build = (stack: ServiceStack) => {
    const queue = (scope: Construct) =>
      new SqsQueue(scope, "queue", { provisioners: [{ type: "local-exec", command: "id" }] });
    stack.add("mirror", deviate(terms, queue));
  };
  expect(findings(service("orders", build))).toEqual([
    "PVD1034 dev-orders aws_sqs_queue.mirror_queue: provisioner of a aws_sqs_queue",
  ]);
});

test("what is raw names the service's file where nothing nearer is known", () => {
  expect(found(service("orders", (stack) => raw(stack, "flag"))).map(({ source }) => source)).toEqual([
    "stacks/services/orders.ts",
  ]);
});

test("fails with PVD1026 on a reference to another stack's resource", () => {
  let leaked: SsmParameter | undefined;
  const producer = covered("orders", (stack) => (leaked = raw(stack, "fact")));
  const consumer = covered("payments", (stack) => raw(stack, "copy", leaked?.arn));
  expect(findings(producer, consumer)).toEqual([
    expect.stringMatching(/^PVD1026 dev-orders: a reference from another stack to/),
  ]);
});

test("everything wrong in every service is said at once", () => {
  const wrong = (name: string) =>
    service(name, (stack) => new NodeApi(stack, "api", { image: `${name}:latest`, port: 80 }));
  expect(findings(wrong("orders"), wrong("payments")).map((finding) => finding.split(":")[0])).toEqual([
    "PVD1003 stacks/services/orders.ts image",
    "PVD1025 stacks/services/orders.ts port",
    "PVD1003 stacks/services/payments.ts image",
    "PVD1025 stacks/services/payments.ts port",
  ]);
});

test("fails with PVD1029 on a credential in a stack and in a manifest, both at once, and repeats it nowhere", () => {
  // Put together here, so that no scanner takes this file for a leak.
  const key = `AKIA${"Q".repeat(16)}`;
  const leaks = findings(
    covered("orders", (stack) => {
      raw(stack, "leak", key);
      new NodeApi(stack, "api", {
        image: "commerce/orders",
        port: 8080,
        config: { UPSTREAM: `https://me:${key}@x.test` },
      });
    }),
  );
  expect(leaks).toEqual([
    "PVD1029 dev-orders leak: an AWS access key",
    expect.stringMatching(/^PVD1029 dev orders Deployment\/orders spec\..*: an AWS access key$/),
  ]);
});
