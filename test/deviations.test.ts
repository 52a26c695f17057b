import * as fs from "node:fs";
import * as path from "node:path";
import { ThrowawayWorkspace } from "./throwaway-workspace";

const workspace = new ThrowawayWorkspace();
afterAll(() => workspace.remove());

/** The example of raw resources, as the page on deviations has it. */
function example(): string {
  const page = fs.readFileSync(path.join(__dirname, "..", "docs", "deviations.md"), "utf8");
  return /```\n(const mirrored[\s\S]*?)```/.exec(page)?.[1] ?? "";
}

const service = (body: string) => `
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { defineService, deviate, PythonWorker } from "@paved/golden-paths";

const runbook = "https://runbooks.paved.example.com/mirror";
const about = { name: "mirrors", owner: "growth", tier: 3, onCall: "growth-primary", runbook } as const;
const terms = {
  reason: "Another company reads what is mirrored, and cannot decrypt it.",
  owner: "growth",
  ticket: "https://tickets.paved.example.com/growth-1",
  expires: "2027-06-30",
  approvedBy: "platform",
};

export default defineService(about, (service) => {
  new PythonWorker(service, "worker", { image: "growth/mirrors", schedule: "0 3 * * *" });
  ${body}
});
`;

/** What `paved check` refuses of the service, as it has been written to the locks. */
function refused(body: string): readonly string[] {
  fs.writeFileSync(workspace.file("stacks", "services", "mirrors.ts"), service(body));
  workspace.paved("check", "--write", "--today", "2027-01-01");
  const { out, err } = workspace.paved("check", "--json", "--no-synth", "--today", "2027-01-01");
  expect(err).toBe("");
  const { errors } = JSON.parse(out) as { errors: { code: string; got: string }[] };
  return errors.map(({ code, got }) => `${code} ${/\(([A-Z0-9-]+-\d+), /.exec(got)?.[1]}`);
}

beforeAll(() => workspace.own("environments"));

test("the example of a raw resource holds when the rules it breaks are named", () => {
  expect(refused(example())).toEqual([]);
  const { out } = workspace.paved("deviations", "--no-synth", "--service", "mirrors", "--env", "dev");
  expect(out.match(/AWS-SQS-\d+/g)).toEqual(["AWS-SQS-001", "AWS-SQS-002", "AWS-SQS-003"]);
}, 60_000);

test("fails with PVD2013 for the rules that it does not name", () => {
  const one = example().replace(/rule: \[.*\]/, 'rule: "AWS-SQS-001"');
  expect([...new Set(refused(one))]).toEqual(["PVD2013 ROOT-009", "PVD2013 AWS-SQS-002", "PVD2013 AWS-SQS-003"]);
}, 60_000);

test("fails with PVD2022 when a value is another than the one that was agreed to", () => {
  expect(refused(example())).toEqual([]);
  const other = example().replace('name: "mirror"', 'name: "mirror", messageRetentionSeconds: 60');
  fs.writeFileSync(workspace.file("stacks", "services", "mirrors.ts"), service(other));
  const { out } = workspace.paved("check", "--json", "--today", "2027-01-01");
  const { errors } = JSON.parse(out) as { errors: { code: string; where: string; got: string }[] };
  expect(errors).toHaveLength(3);
  expect(errors[0]).toMatchObject({
    code: "PVD2022",
    where: "environments/dev/deviations/mirrors.txt",
    got: expect.stringContaining("message_retention_seconds is 60"),
  });
}, 60_000);
