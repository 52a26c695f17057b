import type { StackEntry } from "@paved/model";
import { importIdOf } from "../src/imports/import-id";
import { notTakenYet, takenOver, takersOf } from "../src/imports/taken-over";
import type { ManagedObject } from "../src/tofu/state-file";

const object = (address: string, attributes: object = {}): ManagedObject => ({
  address,
  type: address.split(".")[0]!,
  id: `id of ${address}`,
  attributes: attributes as ManagedObject["attributes"],
});

const NONE = { moved: [], retired: [], forgotten: [], imported: [] };
const stack = (name: string, records: Partial<StackEntry["records"]>, dependsOn: readonly string[] = []) =>
  ({ name, dependsOn, records: { ...NONE, ...records } }) as unknown as StackEntry;

const BUCKET = "aws_s3_bucket.api_bucket";
const FILES = "aws_s3_bucket.files_bucket";
const giver = stack("dev-orders", { forgotten: [{ address: BUCKET, reason: "theirs", to: "dev-files" }] });
const taker = stack("dev-files", {
  imported: [{ address: FILES, reason: "ours", from: { stack: "dev-orders", address: BUCKET } }],
});

const states =
  (given: Readonly<Record<string, readonly string[]>>) =>
  (name: string): Promise<readonly ManagedObject[]> =>
    Promise.resolve((given[name] ?? []).map((address) => object(address)));
const waiting = (given: Readonly<Record<string, readonly string[]>>) =>
  notTakenYet(giver, (name) => (name === "dev-files" ? taker : undefined), states(given));

describe("what is taken over", () => {
  test("is imported by the id that the other state has", async () => {
    expect(await takenOver(taker, states({ "dev-orders": [BUCKET] }))).toEqual([
      { address: FILES, id: `id of ${BUCKET}` },
    ]);
  });

  test("is imported once", async () => {
    expect(await takenOver(taker, states({ "dev-orders": [BUCKET], "dev-files": [FILES] }))).toEqual([]);
  });

  test("is made where neither has it", async () => {
    expect(await takenOver(taker, states({}))).toEqual([]);
  });

  test("is none of what was made by hand: its id is in the root", async () => {
    const byHand = stack("dev-files", { imported: [{ address: FILES, reason: "by hand", id: "files" }] });
    expect(await takenOver(byHand, states({ "dev-orders": [BUCKET] }))).toEqual([]);
  });
});

describe("what is handed over", () => {
  test("is not forgotten before the other has it", async () => {
    expect(await waiting({ "dev-orders": [BUCKET] })).toEqual(["dev-files"]);
    expect(await waiting({ "dev-orders": [BUCKET], "dev-files": ["aws_s3_bucket.other"] })).toEqual(["dev-files"]);
    expect(await waiting({ "dev-orders": [BUCKET], "dev-files": [FILES] })).toEqual([]);
  });

  test("is forgotten where it never was", async () => {
    expect(await waiting({})).toEqual([]);
  });

  test("waits for ever for a stack that takes nothing, rather than being lost", async () => {
    expect(await notTakenYet(giver, () => undefined, states({ "dev-orders": [BUCKET] }))).toEqual(["dev-files"]);
  });

  test("has the taker go first, unless it stands on the giver, through however many", () => {
    expect(takersOf(giver, [giver, taker])).toEqual(["dev-files"]);
    const between = stack("dev-between", {}, ["dev-orders"]);
    expect(takersOf(giver, [giver, between, stack("dev-files", {}, ["dev-between"])])).toEqual([]);
  });
});

test.each<[string, object, string | undefined]>([
  ["aws_sqs_queue.q", {}, "id of aws_sqs_queue.q"],
  ["aws_db_instance.d", { identifier: "orders" }, "orders"],
  ["aws_iam_role_policy_attachment.a", { role: "r", policy_arn: "arn:p" }, "r/arn:p"],
  ["aws_eks_pod_identity_association.a", { cluster_name: "c", association_id: "a-1" }, "c,a-1"],
  ["aws_route.r", { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0" }, "rtb-1_0.0.0.0/0"],
  ["aws_route.r", { route_table_id: "rtb-1", destination_prefix_list_id: "pl-1" }, "rtb-1_pl-1"],
  ["aws_route_table_association.a", { subnet_id: "subnet-1", route_table_id: "rtb-1" }, "subnet-1/rtb-1"],
  ["aws_route_table_association.a", { subnet_id: "", gateway_id: "igw-1", route_table_id: "rtb-1" }, "igw-1/rtb-1"],
  ["aws_cloudwatch_log_delivery_source.s", { name: "site" }, "site"],
  ["aws_cloudwatch_log_delivery_destination.d", { name: "logs" }, "logs"],
  ["helm_release.h", { namespace: "argocd", name: "argo-cd" }, "argocd/argo-cd"],
  ["aws_acm_certificate_validation.v", {}, undefined],
  ["helm_release.h", {}, undefined],
])("the provider imports %s with %j by %s", (address, attributes, id) => {
  expect(importIdOf(object(address, attributes))).toBe(id);
});
