import { driftMarkdown, type StackDrift } from "../src";
import { readDrift } from "../src/drift/read-drift";

const document = (...changes: readonly object[]) =>
  JSON.stringify({
    resource_drift: changes.map((change, index) => ({ address: `aws_sqs_queue.q${index}`, mode: "managed", change })),
  });

test("says what differs, attribute by attribute", () => {
  const change = { actions: ["update"], before: { delay: 0, tags: { a: "1" } }, after: { delay: 5, tags: { a: "2" } } };
  expect(readDrift(document(change))).toEqual([
    {
      address: "aws_sqs_queue.q0",
      change: "changed",
      attributes: [
        { path: "delay", before: 0, after: 5 },
        { path: "tags.a", before: "1", after: "2" },
      ],
    },
  ]);
});

test("what somebody deleted is gone", () => {
  expect(readDrift(document({ actions: ["delete"], before: {}, after: null }))).toMatchObject([{ change: "gone" }]);
});

test("what only follows from something else, and data sources, are no drift", () => {
  const follows = { actions: ["update"], before: { tags_all: { a: "1" } }, after: { tags_all: { a: "2" } } };
  expect(readDrift(document(follows))).toEqual([]);
  expect(
    readDrift(JSON.stringify({ resource_drift: [{ address: "data.x.y", mode: "data", change: follows }] })),
  ).toEqual([]);
  expect(readDrift("{}")).toEqual([]);
});

test("what the engine marks as sensitive is masked, and what looks like a credential", () => {
  const change = {
    actions: ["update"],
    before: { a: { b: "old" }, c: "x", note: `ghp_${"a".repeat(36)}` },
    after: { a: { b: "new" }, c: "y", note: "none" },
    before_sensitive: { a: { b: true } },
    after_sensitive: { c: true },
  };
  expect(readDrift(document(change))[0]?.attributes).toEqual([
    { path: "a.b", before: "(masked)", after: "(masked)" },
    { path: "c", before: "(masked)", after: "(masked)" },
    { path: "note", before: "(masked)", after: "none" },
  ]);
});

const stack = (more: Partial<StackDrift>): StackDrift => ({
  name: "dev-orders",
  environment: "dev",
  service: "orders",
  owner: "commerce",
  status: "as applied",
  resources: [],
  findings: [],
  ...more,
});

test("snapshot: drift for a pull request", () => {
  const stacks = [
    stack({}),
    stack({
      name: "production-orders",
      status: "drifted",
      resources: [
        { address: "aws_db_instance.main", change: "gone", attributes: [], lost: "data" },
        {
          address: "aws_sqs_queue.q",
          change: "changed",
          attributes: [{ path: "delay", before: 0, after: 5 }],
          source: "stacks/services/orders.ts:7",
        },
      ],
    }),
    stack({
      name: "dev-payments",
      status: "unknown",
      findings: [{ code: "PVD2003", where: "dev-payments", got: "no <access>", want: "access", fix: "ask" }],
    }),
  ];
  expect(driftMarkdown({ stacks, tofu: "1.12.6", seconds: 1 })).toMatchSnapshot();
});

test("says that all is as it was applied", () => {
  expect(driftMarkdown({ stacks: [stack({})], tofu: "1.12.6", seconds: 1 })).toContain("All 1 stacks");
});

test("stacks that do not fit into a text of limited length are counted", () => {
  const resources = [{ address: "aws_sqs_queue.q", change: "changed" as const, attributes: [] }];
  const stacks = Array.from({ length: 50 }, (_each, index) =>
    stack({ name: `dev-s${index}`, status: "drifted", resources }),
  );
  const drift = { stacks, tofu: "1.12.6", seconds: 1 };
  expect(driftMarkdown(drift)).toContain("dev-s49");
  const text = driftMarkdown(drift, 2000);
  expect(text.length).toBeLessThanOrEqual(2000);
  expect(text).toMatch(/\d+ more sections do not fit here/);
});
