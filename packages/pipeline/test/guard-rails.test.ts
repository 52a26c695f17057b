import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { DeviationEntry } from "@paved/model";
import { rules, type Waiver } from "@paved/policy";
import { checkGuardRails, type GuardRailOptions } from "../src/guard-rails/guard-rails";
import { type Fleet, readFleet } from "../src/workspace/fleet";
import { remove, workspaceWith } from "./fleet-on-disk";

const bucket = { aws_ecr_repository: { images: { name: "orders" } } };
const workspace = workspaceWith([{ name: "dev-orders", service: "orders", resources: bucket }]);
const fleet = readFleet(workspace);
const today = "2027-01-01";

afterAll(() => remove(workspace));

const check = (options: Partial<GuardRailOptions> = {}, of: Fleet = fleet) =>
  checkGuardRails(of, { today, waivers: [], ...options });

const waiver: Waiver = {
  judge: "paved",
  rule: "AWS-ECR-001",
  reason: "The repository is a cache of another registry, whose tags move.",
  owner: "platform",
  expires: "2027-06-30",
};

const found = (options: Partial<GuardRailOptions> = {}, of: Fleet = fleet) =>
  check(options, of).findings.map(({ code, where, got }) => `${code} ${where}: ${got}`);

test("fails with PVD2013 for each broken rule, the worst first, with the rule's id and the fix", () => {
  const ofRepositories = rules.filter(({ id }) => id.startsWith("AWS-ECR-"));
  const { findings, subjects, checks, broken } = check({ rules: ofRepositories });
  expect({ subjects, checks, broken }).toEqual({ subjects: 2, checks: 5, broken: 4 });
  expect(findings[0]).toMatchObject({
    code: "PVD2013",
    where: "dev-orders aws_ecr_repository.images",
    got: "image_tag_mutability is nothing (AWS-ECR-001, high: A tag of an image never changes its meaning)",
    fix: expect.stringMatching(/see paved explain AWS-ECR-001$/),
  });
});

test("judges the root of a stack too", () => {
  expect(found()).toContainEqual(expect.stringMatching(/^PVD2013 dev-orders root: .*\(ROOT-003, critical: /));
});

test("judges what is delivered too", () => {
  const directory = path.join(workspace.output, "gitops", "dev", "orders");
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "configmap-orders.yaml"), "kind: ConfigMap\nmetadata:\n  name: orders\n");
  expect(check({}, readFleet(workspace)).subjects).toBe(3);
});

test("a waiver takes a finding back while it lasts", () => {
  const waived = check({ waivers: [waiver] });
  expect(waived.waived).toBe(1);
  expect(waived.findings.filter(({ got }) => got.includes("AWS-ECR-001"))).toEqual([]);
});

test("fails with PVD2016 for a waiver that is over, and for one that waives nothing", () => {
  const over = { ...waiver, expires: "2026-12-31" };
  const needless = { ...waiver, rule: "AWS-S3-001" };
  expect(found({ waivers: [over, needless] })).toEqual(
    expect.arrayContaining([
      "PVD2016 paved AWS-ECR-001: a waiver that expired on 2026-12-31",
      "PVD2016 paved AWS-S3-001: a waiver for which nothing breaks the rule any more",
    ]),
  );
});

test.each(["", "never", "30 days", "2027", "2027-13-45", "2027-02-30", "2028-01-02"])(
  "fails with PVD2016 for a waiver until %j, which is no end",
  (expires) => {
    expect(found({ waivers: [{ ...waiver, expires }] })).toEqual(
      expect.arrayContaining([`PVD2016 paved AWS-ECR-001: a waiver until ${JSON.stringify(expires)}`]),
    );
  },
);

test("says thirty days ahead that a waiver expires", () => {
  expect(check({ waivers: [{ ...waiver, expires: "2027-01-31" }] }).warnings).toEqual([
    "paved AWS-ECR-001: the waiver expires in 30 days, on 2027-01-31 (platform)",
  ]);
  expect(check({ waivers: [{ ...waiver, expires: "2027-02-01" }] }).warnings).toEqual([]);
});

test("a deviation from the rule, for that subject, takes the finding back", () => {
  const deviation = { rule: "AWS-ECR-001", subject: "aws_ecr_repository.images" } as DeviationEntry;
  const [stack] = fleet.index.stacks;
  const deviating = (subject: string): Fleet => ({
    ...fleet,
    index: { ...fleet.index, stacks: [{ ...stack!, deviations: [{ ...deviation, subject }] }] },
  });
  expect(found({}, deviating("aws_sqs_queue.other, aws_ecr_repository.images")).join()).not.toContain("AWS-ECR-001");
  expect(found({}, deviating("aws_ecr_repository.other")).join()).toContain("AWS-ECR-001");
});
