import fc from "fast-check";
import { attributeDifferences } from "../src/difference/attributes";
import { manifestDifferences } from "../src/difference/manifest-difference";
import { stackDifferences } from "../src/difference/stack-difference";
import { fleetOf, type MadeStack } from "./synthesized-fleet";

const bucket = { aws_s3_bucket: { files: { bucket: "a", tags: { team: "x" } } } };
const differ = (before: Readonly<Record<string, MadeStack>>, after: Readonly<Record<string, MadeStack>>) =>
  stackDifferences(fleetOf(before), fleetOf(after));
const elementsOf = (before: MadeStack, after: MadeStack) =>
  differ({ "dev-orders": before }, { "dev-orders": after })[0]?.elements.map(({ address, change, from }) =>
    from === undefined ? `${change} ${address}` : `${change} ${from} → ${address}`,
  );

describe("attributes", () => {
  test("are named by their path, with what they were and are", () => {
    const before = { rule: [{ port: 80 }, { port: 443 }], name: "a", gone: true };
    const after = { rule: [{ port: 80 }, { port: 8443 }], name: "a", fresh: 1 };
    expect(attributeDifferences(before, after)).toEqual([
      { path: "fresh", after: 1 },
      { path: "gone", before: true },
      { path: "rule[1].port", before: 443, after: 8443 },
    ]);
  });

  test("a list that is longer is another list", () => {
    expect(attributeDifferences({ ports: [80] }, { ports: [80, 443] })).toEqual([
      { path: "ports", before: [80], after: [80, 443] },
    ]);
  });

  test("a document that is written as text is looked into", () => {
    const policy = (action: string) => ({ policy: JSON.stringify({ Statement: [{ Action: action }] }) });
    expect(attributeDifferences(policy("s3:GetObject"), policy("s3:*"))).toEqual([
      { path: "policy.Statement[0].Action", before: "s3:GetObject", after: "s3:*" },
    ]);
  });

  test("nothing differs from itself, and whatever differs is said", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(attributeDifferences(a, structuredClone(a))).toEqual([]);
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(attributeDifferences(a, b).length > 0).toBe(!same);
      }),
    );
  });
});

function sorted(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("{")) return value;
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, sorted(each)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

describe("stacks", () => {
  test("that are the same are left out, whatever cdktf notes beside them", () => {
    const noted = { aws_s3_bucket: { files: { ...bucket.aws_s3_bucket.files, "//": { metadata: { path: "x" } } } } };
    const root = { "//": { metadata: { version: "0.21.0" } }, resource: noted };
    expect(differ({ "dev-orders": { resource: bucket } }, { "dev-orders": { root } })).toEqual([]);
  });

  test("are added, removed and changed", () => {
    const changed = { aws_s3_bucket: { files: { bucket: "b", tags: { team: "x" } } } };
    const before = { "dev-a": { resource: bucket }, "dev-b": { resource: bucket } };
    const after = { "dev-b": { resource: changed }, "dev-c": { resource: bucket } };
    expect(differ(before, after).map(({ stack, change }) => `${change} ${stack.name}`)).toEqual([
      "removed dev-a",
      "changed dev-b",
      "added dev-c",
    ]);
  });

  test("a resource is added, removed or changed by its address", () => {
    const other = { aws_sqs_queue: { queue: { name: "q" } } };
    expect(elementsOf({ resource: bucket }, { resource: { ...bucket, ...other } })).toEqual([
      "added aws_sqs_queue.queue",
    ]);
    expect(elementsOf({ resource: bucket }, { resource: other })).toEqual([
      "removed aws_s3_bucket.files",
      "added aws_sqs_queue.queue",
    ]);
  });

  test("a resource that a record says moved is the same one, also by a chain of records", () => {
    const moved = { aws_s3_bucket: { objects: bucket.aws_s3_bucket.files } };
    const step = (from: string, to: string) => ({ from: `aws_s3_bucket.${from}`, to: `aws_s3_bucket.${to}` });
    const records = (...all: readonly { from: string; to: string }[]) => ({
      moved: all,
      retired: [],
      forgotten: [],
      imported: [],
    });
    expect(elementsOf({ resource: bucket }, { resource: moved, records: records(step("files", "objects")) })).toEqual([
      "moved aws_s3_bucket.files → aws_s3_bucket.objects",
    ]);
    const chain = records(step("files", "store"), step("store", "objects"));
    expect(elementsOf({ resource: bucket }, { resource: moved, records: chain })).toEqual([
      "moved aws_s3_bucket.files → aws_s3_bucket.objects",
    ]);
  });

  test("records in a circle end", () => {
    const moved = [
      { from: "aws_s3_bucket.files", to: "aws_s3_bucket.b" },
      { from: "aws_s3_bucket.b", to: "aws_s3_bucket.files" },
    ];
    expect(
      elementsOf({ resource: bucket }, { resource: {}, records: { moved, retired: [], forgotten: [], imported: [] } }),
    ).toEqual(["removed aws_s3_bucket.files"]);
  });

  test("what is forgotten is not destroyed", () => {
    const forgotten = [{ address: "aws_s3_bucket.files", reason: "kept" }];
    expect(
      elementsOf({ resource: bucket }, { resource: {}, records: { moved: [], retired: [], forgotten, imported: [] } }),
    ).toEqual(["forgotten aws_s3_bucket.files"]);
  });

  test("providers, backend and outputs are settings, named by path", () => {
    const root = (version: string) => ({
      terraform: { required_providers: { aws: { version } } },
      provider: { aws: [{ region: "eu-west-1" }] },
      resource: bucket,
    });
    const [stack] = differ({ "dev-orders": { root: root("6.25.0") } }, { "dev-orders": { root: root("6.26.0") } });
    expect(stack).toMatchObject({ elements: [], settings: ["terraform.required_providers.aws.version"] });
  });
});

describe("manifests", () => {
  const deployment = (replicas: number) => ({
    kind: "Deployment",
    metadata: { name: "orders", namespace: "orders" },
    spec: { replicas },
  });
  const differAs = (before: readonly object[], after: readonly object[]) =>
    manifestDifferences(fleetOf({}, { "dev/orders": before }), fleetOf({}, { "dev/orders": after }));

  test("are added, removed and changed, with what differs", () => {
    const [changed] = differAs([deployment(1)], [deployment(2)]);
    expect(changed).toMatchObject({
      environment: "dev",
      unit: "orders",
      kind: "Deployment",
      namespace: "orders",
      change: "changed",
      attributes: [{ path: "spec.replicas", before: 1, after: 2 }],
    });
    expect(differAs([], [deployment(1)])[0]?.change).toBe("added");
    expect(differAs([deployment(1)], [])[0]?.change).toBe("removed");
    expect(differAs([deployment(1)], [deployment(1)])).toEqual([]);
  });
});
