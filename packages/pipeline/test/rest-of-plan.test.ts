import { summaryOf } from "../src/bundle/plan-document";
import { strayChanges } from "../src/bundle/rest-of-plan";

interface Change {
  readonly actions: readonly string[];
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly importing?: object;
}

const at = (address: string, change: Change, more: object = {}): object => ({ address, change, ...more });
const plan = (...changes: readonly object[]): string => JSON.stringify({ resource_changes: changes });

const CREATE = ["create"];
const REPLACE = ["delete", "create"];

describe("the rest of a plan", () => {
  const reviewed = plan(
    at("aws_vpc.a", { actions: CREATE, after: { cidr: "10.0.0.0/16", tags: ["a"] }, after_unknown: { id: true } }),
    at("aws_subnet.b", { actions: CREATE, after: { zones: [{}] }, after_unknown: { zones: [{ vpc: true }] } }),
    at("aws_kms_key.c", { actions: REPLACE, after: { name: "c" }, after_unknown: {} }),
    at("aws_sqs_queue.d", { actions: ["update"], after: { name: "d" }, after_unknown: {} }),
  );
  const vpc = (after: object): object => at("aws_vpc.a", { actions: CREATE, after });

  test.each([
    ["nothing", []],
    ["a create, with what is known by now", [vpc({ cidr: "10.0.0.0/16", tags: ["a"], id: "vpc-1" })]],
    ["a value inside of a block", [at("aws_subnet.b", { actions: CREATE, after: { zones: [{ vpc: "vpc-1" }] } })]],
    [
      "the create of what a replacement had destroyed",
      [at("aws_kms_key.c", { actions: CREATE, after: { name: "c" } })],
    ],
    [
      "the removal of what it had left behind",
      [at("aws_kms_key.c", { actions: ["delete"], after: null }, { deposed: "1" })],
    ],
    [
      "once more what was not created to its end",
      [at("aws_subnet.b", { actions: REPLACE, after: { zones: [{}] } }, { action_reason: "replace_because_tainted" })],
    ],
    ["what stays as it is", [at("aws_vpc.other", { actions: ["no-op"], after: {} })]],
  ])("may be %s", (_, changes) => {
    expect(strayChanges(reviewed, plan(...changes))).toEqual([]);
  });

  test.each([
    ["a resource that was not reviewed", at("aws_vpc.z", { actions: CREATE }), "aws_vpc.z (create)"],
    ["another action", at("aws_sqs_queue.d", { actions: ["delete"] }), "aws_sqs_queue.d (delete)"],
    ["a replacement of what was to be created", at("aws_vpc.a", { actions: REPLACE }), "aws_vpc.a (replace)"],
    ["the delete of what was to be replaced", at("aws_kms_key.c", { actions: ["delete"] }), "aws_kms_key.c (delete)"],
    ["another value", vpc({ cidr: "10.9.0.0/16", tags: ["a"] }), "aws_vpc.a (other values)"],
    ["a value less", vpc({ tags: ["a"] }), "aws_vpc.a (other values)"],
    ["a value more", vpc({ cidr: "10.0.0.0/16", tags: ["a"], more: 1 }), "aws_vpc.a (other values)"],
    ["a longer list", vpc({ cidr: "10.0.0.0/16", tags: ["a", "b"] }), "aws_vpc.a (other values)"],
  ])("is not %s", (_, change, stray) => {
    expect(strayChanges(reviewed, plan(change))).toEqual([stray]);
  });
});

test("a summary counts and names what a plan does, and what is lost", () => {
  const document = plan(
    at("aws_db_instance.b", { actions: ["delete"] }),
    at("aws_db_instance.a", { actions: ["create", "delete"] }),
    at("aws_s3_bucket.kept", { actions: ["forget"] }),
    at("aws_iam_role.d", { actions: ["delete"] }),
    at("aws_iam_role.c", { actions: CREATE }),
    at("aws_iam_role.e", { actions: ["no-op"], importing: { id: "e" } }),
    at("aws_iam_role.f", { actions: ["no-op"] }, { previous_address: "aws_iam_role.g" }),
    at("data.aws_vpc.h", { actions: ["read"] }),
    at("aws_iam_role.i", { actions: ["no-op"] }),
  );
  expect(summaryOf(document)).toEqual({
    counts: { add: 2, change: 0, destroy: 3 },
    actions: {
      create: ["aws_iam_role.c"],
      delete: ["aws_db_instance.b", "aws_iam_role.d"],
      forget: ["aws_s3_bucket.kept"],
      import: ["aws_iam_role.e"],
      move: ["aws_iam_role.f"],
      read: ["data.aws_vpc.h"],
      replace: ["aws_db_instance.a"],
    },
    losses: [
      { address: "aws_db_instance.a", action: "replace", loses: "data" },
      { address: "aws_db_instance.b", action: "destroy", loses: "data" },
    ],
  });
});

test("what a replacement left behind goes by the consent to that, and not as what was deleted", () => {
  const { losses } = summaryOf(plan(at("aws_db_instance.a", { actions: ["delete"] }, { deposed: "1" })));
  expect(losses).toEqual([{ address: "aws_db_instance.a", action: "replace", loses: "data" }]);
});
