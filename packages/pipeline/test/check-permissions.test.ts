import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkPermissions, readFleet, Workspace } from "../src";
import { fleetOf, type MadeStack } from "./synthesized-fleet";

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace(mkdtempSync(path.join(tmpdir(), "paved-permissions-")));
  mkdirSync(path.join(workspace.root, "environments", "dev"), { recursive: true });
});
afterEach(() => rmSync(workspace.root, { recursive: true, force: true }));

const policy = (...actions: readonly string[]): MadeStack => ({
  resource: {
    aws_iam_role_policy: {
      api: { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: actions, Resource: "arn:q" }] }) },
    },
    aws_sqs_queue: { q: { name: "q" } },
  },
});
const route = {
  kind: "HTTPRoute",
  metadata: { name: "orders", namespace: "orders", labels: { "app.kubernetes.io/part-of": "orders" } },
  spec: { hostnames: ["dev.example.com"], rules: [{ matches: [{ path: { value: "/orders" } }] }] },
};

/** Writes what a synth would have written. */
function synthesized(stacks: Readonly<Record<string, MadeStack>>, manifests: readonly object[] = []): void {
  const { index, files } = fleetOf(stacks, { "dev/orders": manifests });
  rmSync(workspace.output, { recursive: true, force: true });
  for (const [file, text] of Object.entries({ ...files, "paved.json": JSON.stringify(index) })) {
    mkdirSync(path.dirname(path.join(workspace.output, file)), { recursive: true });
    writeFileSync(path.join(workspace.output, file), text);
  }
}

const check = (write = false) => checkPermissions(workspace, readFleet(workspace), { write });
const file = "environments/dev/permissions/orders.txt";
const read = () => readFileSync(path.join(workspace.root, file), "utf8");

test("what is permitted is written in words, by who permits it, with what is delivered", () => {
  synthesized({ "dev-orders": policy("sqs:SendMessage", "sqs:ReceiveMessage") }, [route]);
  expect(check(true)).toEqual({ sentences: 3, findings: [], written: [file] });
  expect(read()).toBe(
    [
      "HTTPRoute orders/orders",
      "  the internet reaches dev.example.com /orders",
      "aws_iam_role_policy.api",
      "  Allow sqs:ReceiveMessage on arn:q",
      "  Allow sqs:SendMessage on arn:q",
      "",
    ].join("\n"),
  );
  expect(check()).toEqual({ sentences: 3, findings: [], written: [] });
});

test("fails with PVD2019 when more is permitted, and when less is, and says what", () => {
  synthesized({ "dev-orders": policy("sqs:SendMessage") });
  check(true);
  synthesized({ "dev-orders": policy("sqs:*", "sqs:Delete*") });
  expect(check().findings).toEqual([
    expect.objectContaining({
      code: "PVD2019",
      where: file,
      got:
        "newly permitted: aws_iam_role_policy.api: Allow sqs:* on arn:q, and 1 more; " +
        "no longer permitted: aws_iam_role_policy.api: Allow sqs:SendMessage on arn:q",
    }),
  ]);
});

test("fails with PVD2019 for a file that somebody wrote otherwise, and for one of a stack that is gone", () => {
  synthesized({ "dev-orders": policy("sqs:SendMessage") });
  check(true);
  writeFileSync(path.join(workspace.root, file), `${read()}\n`);
  expect(check().findings[0]?.got).toBe("a file that paved check did not write");
  check(true);
  synthesized({ "dev-payments": {} });
  expect(check().findings.map(({ where }) => where)).toEqual([file]);
  expect(check(true).written).toEqual([file]);
  expect(() => read()).toThrow(/ENOENT/);
});

test("written otherwise, and the same, it is no change", () => {
  synthesized({ "dev-orders": policy("sqs:SendMessage", "sqs:ReceiveMessage") });
  check(true);
  synthesized({ "dev-orders": policy("sqs:ReceiveMessage", "sqs:SendMessage") });
  expect(check().findings).toEqual([]);
});
