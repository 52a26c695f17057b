import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DeviationEntry, StackEntry } from "@paved/model";
import { checkDeviations, Workspace } from "../src";

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace(mkdtempSync(path.join(tmpdir(), "paved-agreed-")));
});
afterEach(() => rmSync(workspace.root, { recursive: true, force: true }));

const entry = {
  rule: "AWS-SQS-001",
  approvedBy: "platform",
  expires: "2027-06-30",
  subject: "aws_sqs_queue.mirror",
  got: ['aws_sqs_queue.mirror name is "mirror"', "aws_sqs_queue.mirror message_retention_seconds is 60"],
} as const;
const file = "environments/dev/deviations/orders.txt";

function check(deviations: readonly Partial<DeviationEntry>[], write = false) {
  const stack = { name: "dev-orders", environment: "dev", deviations } as unknown as StackEntry;
  return checkDeviations(workspace, { stacks: [stack] }, { write });
}
const found = (...deviations: readonly Partial<DeviationEntry>[]) =>
  check(deviations).findings.map(({ code, where, got }) => `${code} ${where}: ${got}`);

test("what was agreed to is written down: the rule, the subject, who agreed until when, and every value", () => {
  expect(check([entry], true)).toEqual({ sentences: 2, findings: [], written: [file] });
  expect(readFileSync(path.join(workspace.root, file), "utf8")).toBe(
    [
      "AWS-SQS-001 of aws_sqs_queue.mirror: platform agreed until 2027-06-30",
      "  aws_sqs_queue.mirror message_retention_seconds is 60",
      '  aws_sqs_queue.mirror name is "mirror"',
      "",
    ].join("\n"),
  );
  expect(found(entry)).toEqual([]);
});

test("fails with PVD2022 when a value is another than the one that was agreed to", () => {
  check([entry], true);
  const got = [entry.got[0], "aws_sqs_queue.mirror message_retention_seconds is 1209600"];
  const agreed = "AWS-SQS-001 of aws_sqs_queue.mirror: platform agreed until 2027-06-30: aws_sqs_queue.mirror";
  expect(found({ ...entry, got })).toEqual([
    `PVD2022 ${file}: not agreed to: ${agreed} message_retention_seconds is 1209600; ` +
      `agreed to, and no longer so: ${agreed} message_retention_seconds is 60`,
  ]);
});

test.each([
  ["a deviation that nobody agreed to", [entry, { ...entry, rule: "AWS-SQS-003" }]],
  ["one that is gone", []],
  ["another end", [{ ...entry, expires: "2027-12-31" }]],
  ["another approver", [{ ...entry, approvedBy: "security" }]],
])("fails with PVD2022 for %s", (_, deviations) => {
  check([entry], true);
  expect(found(...deviations)).toEqual([expect.stringMatching(/^PVD2022 /)]);
});

test("fails with PVD2022 for a file that somebody wrote in", () => {
  check([entry], true);
  writeFileSync(path.join(workspace.root, file), "# all of it\n", { flag: "a" });
  expect(found(entry)).toEqual([`PVD2022 ${file}: a file that paved check did not write`]);
});
