import { loadEnvironments } from "@paved/environments";
import { defineService, NodeApi, PythonWorker, type ServiceStack } from "@paved/golden-paths";
import { Topic } from "@paved/modules";
import { App } from "cdktf";
import { buildFleet } from "../src";
import { about, findingsOf } from "./service-fixture";

const payments = { serviceName: "payments" };

/** What is wrong between payments, which has a topic, and a reader of another team. */
function findings(
  read: (worker: PythonWorker, stack: ServiceStack) => void,
  share: (stack: ServiceStack) => void = () => undefined,
  owner = "growth",
): readonly string[] {
  const publisher = defineService({ ...about("payments"), owner: "payments" }, (stack) => {
    new NodeApi(stack, "api", { image: "payments/payments", port: 8080, topic: true, bucket: true });
    share(stack);
  });
  const reader = defineService({ ...about("reader"), owner }, (stack) => {
    read(new PythonWorker(stack, "worker", { image: `${owner}/reader` }), stack);
  });
  const loaded = [publisher, reader].map((definition) => ({
    definition,
    file: `stacks/services/${definition.metadata.name}.ts`,
  }));
  return findingsOf(() => buildFleet(new App({ hclOutput: false }), loadEnvironments(), loaded)).map(
    ({ code, where, got, fix }) => `${code} ${where}: ${got}; ${fix}`,
  );
}

const refused = (contract: string): string =>
  `PVD1041 stacks/services/reader.ts: ${contract} of payments, who do not share it with reader; ` +
  'have payments write service.shareWith("reader") in stacks/services/payments.ts';

test("what a service shares, services of other teams use", () => {
  expect(
    findings(
      (worker) => worker.subscribeTo(payments),
      (stack) => stack.shareWith("reader"),
    ),
  ).toEqual([]);
});

test("what a team has, its own services use", () => {
  expect(findings((worker) => worker.subscribeTo(payments), undefined, "payments")).toEqual([]);
});

test.each<[string, string, (worker: PythonWorker, stack: ServiceStack) => void]>([
  ["subscribes to", "topic-payments@1", (worker) => worker.subscribeTo(payments)],
  ["publishes to", "topic-payments@1", (worker) => worker.publishTo(payments)],
  ["reads", "bucket-payments@1", (worker) => worker.readBucketOf(payments)],
  ["finds by itself", "topic-payments@1", (_, stack) => void Topic.fromName(stack, "payments").arn],
])("fails with PVD1041 for a service that %s what another team does not share, once", (_, contract, read) => {
  expect(findings(read)).toEqual([refused(contract)]);
});

test("fails with PVD1025 for sharing with a service that there is not, with the likely one", () => {
  expect(
    findings(
      () => undefined,
      (stack) => stack.shareWith("raeder"),
    ),
  ).toEqual(['PVD1025 stacks/services/payments.ts shareWith: the unknown service "raeder"; did you mean reader?']);
});

test.each(["", "*", "Reader", 3, null, { serviceName: "reader" }])("fails with PVD1025 for sharing with %j", (name) => {
  const found = findings(
    () => undefined,
    (stack) => stack.shareWith(name as never),
  );
  expect(found.join()).toContain("PVD1025 stacks/services/payments.ts shareWith: ");
});
