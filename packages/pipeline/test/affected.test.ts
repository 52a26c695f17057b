import type { ServiceEntry } from "@paved/model";
import { affectedStacks } from "../src";
import { fleetOf, type MadeStack } from "./synthesized-fleet";

const queue = (seconds: number) => ({ aws_sqs_queue: { api_queue: { visibility_timeout_seconds: seconds } } });
const service = (name: string, goldenPath = "node-api@1") =>
  ({ name, goldenPath, source: `stacks/services/${name}.ts` }) as ServiceEntry;
const services = { services: [service("orders"), service("payments"), service("shop", "react-frontend@1")] };
const fleet = (stacks: Readonly<Record<string, MadeStack>>, manifests: Parameters<typeof fleetOf>[1] = {}) =>
  fleetOf(stacks, manifests, services);
const before = fleet({
  "dev-network": { kind: "network", service: undefined },
  "dev-orders": { resource: queue(30), dependsOn: ["dev-network"] },
  "dev-payments": { resource: queue(30), dependsOn: ["dev-orders"] },
  "production-orders": { resource: queue(30) },
});

const after = (stacks: Readonly<Record<string, MadeStack>>) =>
  fleet({
    "dev-network": { kind: "network", service: undefined },
    "dev-orders": { resource: queue(30), dependsOn: ["dev-network"] },
    "dev-payments": { resource: queue(30), dependsOn: ["dev-orders"] },
    "production-orders": { resource: queue(30) },
    ...stacks,
  });
const because = (stacks: Readonly<Record<string, MadeStack>>, ...changedFiles: readonly string[]) =>
  Object.fromEntries(
    affectedStacks({ before, after: after(stacks), changedFiles }).map((each) => [each.name, each.because]),
  );

test("nothing differs, nothing is affected, whatever files changed", () => {
  expect(affectedStacks({ before, after: after({}), changedFiles: ["modules/src/queue/queue.ts"] })).toEqual([]);
});

test("a stack whose root differs is to be planned; what differs is named, by address and by who asked for it", () => {
  const changed = after({ "dev-orders": { resource: queue(60), dependsOn: ["dev-network"] } });
  expect(affectedStacks({ before, after: changed, changedFiles: ["stacks/services/orders.ts"] })).toEqual([
    {
      name: "dev-orders",
      environment: "dev",
      service: "orders",
      owner: "commerce",
      change: "changed",
      plan: true,
      addresses: ["aws_sqs_queue.api_queue"],
      manifests: [],
      constructs: ["stacks/services/orders.ts:4"],
      because: ["stacks/services/orders.ts"],
      dependents: ["dev-payments"],
    },
  ]);
});

test("a stack that stands on another by others depends on it", () => {
  const changed = after({ "dev-network": { kind: "network", service: undefined, resource: queue(1) } });
  const [network] = affectedStacks({ before, after: changed, changedFiles: [] });
  expect(network?.dependents).toEqual(["dev-orders", "dev-payments"]);
});

test("a stack that is new, and one that is gone", () => {
  const changed = fleet({ ...Object.fromEntries([["dev-network", { kind: "network" as const }]]), "dev-new": {} });
  const found = affectedStacks({ before, after: changed, changedFiles: [] });
  expect(found.map(({ name, change }) => `${change} ${name}`)).toEqual([
    "added dev-new",
    "removed dev-orders",
    "removed dev-payments",
    "removed production-orders",
  ]);
});

test("of what is only delivered anew no plan is needed, and it counts for the service wherever it is delivered", () => {
  const manifest = (part: string | undefined, data: string) => ({
    kind: "ConfigMap",
    metadata: { name: "c", labels: part === undefined ? {} : { "app.kubernetes.io/part-of": part } },
    data: { data },
  });
  const deliver = (orders: string, platform: string) =>
    fleet(
      { "dev-orders": {}, "dev-platform": { kind: "platform", service: undefined } },
      { "dev/platform": [manifest("orders", orders)], "dev/_argocd": [manifest(undefined, platform)] },
    );
  const found = affectedStacks({ before: deliver("a", "a"), after: deliver("b", "b"), changedFiles: [] });
  expect(found.map(({ name, plan, manifests }) => [name, plan, manifests])).toEqual([
    ["dev-orders", false, ["ConfigMap c"]],
    ["dev-platform", false, ["ConfigMap c"]],
  ]);
});

describe("a difference is explained by", () => {
  const changed = { "dev-orders": { resource: queue(60), dependsOn: ["dev-network"] } };

  test.each([
    ["the service's own file", "stacks/services/orders.ts"],
    ["the module that made what differs", "modules/src/aws_sqs_queue/settings.ts"],
    ["the golden path of the service", "golden-paths/src/node-api/props.ts"],
    ["the environment as data", "environments/src/dev.ts"],
    ["what is released to the environment", "environments/dev/releases.json"],
  ])("%s, before what all share", (_what, file) => {
    const others = ["modules/src/stack/origin.ts", "environments/src/production.ts", "package-lock.json"];
    expect(because(changed, file, ...others)).toEqual({ "dev-orders": [file] });
  });

  test("what all share, but for other environments, when nothing of its own changed", () => {
    expect(because(changed, "environments/src/production.ts", "package-lock.json", "modules/src/bucket/b.ts")).toEqual({
      "dev-orders": ["package-lock.json", "modules/src/bucket/b.ts"],
    });
  });
});
