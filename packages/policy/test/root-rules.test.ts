import type { Attributes } from "../src/rule/rule";
import { rules } from "../src/rules";
import { brokenBy } from "./broken-by";

/** What keeps a rule on roots, as its page shows it. */
const kept = (id: string): Attributes => rules.find((rule) => rule.id === id)!.passes as Attributes;
const first = (root: Attributes, name: string): Attributes =>
  (root["provider"] as Readonly<Record<string, readonly Attributes[]>>)[name]![0]!;

const aws = first(kept("ROOT-003"), "aws");
const kubernetes = first(kept("ROOT-004"), "kubernetes");
const { backend } = kept("ROOT-005")["terraform"] as { backend: { s3: Attributes } };

test.each([
  ["endpoints of its own", { endpoints: [{ sts: "https://sts.evil.example.com" }] }],
  ["no verification", { insecure: true }],
  ["no look at the account", { skip_requesting_account_id: true }],
  ["no look at the credentials", { skip_credentials_validation: true }],
  ["a key", { access_key: "${aws_ssm_parameter.key.value}" }],
  ["a profile", { profile: "mine" }],
  ["another role", { assume_role: [{ role_arn: "arn:aws:iam::111111111111:role/other" }] }],
  ["files of credentials", { shared_credentials_files: ["/tmp/credentials"] }],
  ["another region", { region: "us-east-1" }],
  ["a second account", { allowed_account_ids: ["111111111111", "999999999999"] }],
  ["any account", { allowed_account_ids: [] }],
  ["accounts that are forbidden", { forbidden_account_ids: ["222222222222"] }],
])("fails ROOT-003 with a provider that has %s", (_, change) => {
  expect(brokenBy({ provider: { aws: [{ ...aws, ...change }] } }, "root")).toContain("ROOT-003");
});

test("fails ROOT-003 without a provider of AWS, and with a second", () => {
  expect(brokenBy({}, "root")).toContain("ROOT-003");
  expect(brokenBy({ provider: { aws: [aws, { ...aws, alias: "two" }] } }, "root")).toContain("ROOT-003");
});

const exec = kubernetes["exec"] as Attributes;

test.each([
  ["no verification", { insecure: true }],
  ["a token", { token: "${data.aws_eks_cluster_auth.main.token}" }],
  ["a password", { username: "admin", password: "x" }],
  ["a host that is written down", { host: "https://evil.example.com" }],
  ["a proxy", { proxy_url: "http://evil.example.com" }],
  ["another certificate", { cluster_ca_certificate: "${base64decode(data.aws_eks_cluster.other.id)}" }],
  ["another command", { exec: { ...exec, command: "sh" } }],
  ["another cluster", { exec: { ...exec, args: ["eks", "get-token", "--cluster-name", "paved-dev"] } }],
  ["variables of the command", { exec: { ...exec, env: { AWS_PROFILE: "mine" } } }],
])("fails ROOT-004 with a provider of Kubernetes that has %s", (_, change) => {
  const changed = { ...kubernetes, ...change };
  expect(brokenBy({ provider: { kubernetes: [changed] } }, "root")).toContain("ROOT-004");
  expect(brokenBy({ provider: { helm: [{ kubernetes: changed }] } }, "root")).toContain("ROOT-004");
});

test("fails ROOT-004 with Kubernetes objects or charts and no provider of them", () => {
  expect(brokenBy({ resource: { kubernetes_namespace_v1: {} } }, "root")).toContain("ROOT-004");
  expect(brokenBy({ resource: { helm_release: {} } }, "root")).toContain("ROOT-004");
  expect(brokenBy({ resource: { aws_sqs_queue: {} } }, "root")).not.toContain("ROOT-004");
});

test.each([
  ["another stack's key", { key: "production/payments.tfstate" }],
  ["another environment's key", { key: "staging/orders.tfstate" }],
  ["another bucket", { bucket: "mine" }],
  ["another region", { region: "us-east-1" }],
  ["another key of encryption", { kms_key_id: "alias/aws/s3" }],
  ["an access list", { acl: "public-read" }],
  ["another endpoint", { endpoints: { s3: "https://evil.example.com" } }],
  ["another role", { assume_role: { role_arn: "arn:aws:iam::111111111111:role/other" } }],
])("fails ROOT-005 with a state that has %s", (_, change) => {
  expect(brokenBy({ terraform: { backend: { s3: { ...backend.s3, ...change } } } }, "root")).toContain("ROOT-005");
});

test("fails ROOT-005 with a state in two places, and in none", () => {
  expect(brokenBy({ terraform: { backend: { ...backend, http: { address: "https://x" } } } }, "root")).toContain(
    "ROOT-005",
  );
  expect(brokenBy({}, "root")).toContain("ROOT-005");
});

test.each([
  ["a secret", { aws_secretsmanager_secret_version: { it: { secret_id: "paved/production/payments/key" } } }],
  ["another environment", { aws_ssm_parameter: { "contract-network-v1": { name: "/paved/staging/network/v1" } } }],
  ["another contract", { aws_ssm_parameter: { "contract-network-v1": { name: "/paved/production/orders/v1" } } }],
  ["another cluster", { aws_eks_cluster: { it: { name: "paved-staging" } } }],
  ["another region", { aws_eks_cluster: { it: { name: "paved-production", region: "us-east-1" } } }],
])("fails ROOT-002 with a data source that reads %s", (_, data) => {
  expect(brokenBy({ data }, "root")).toContain("ROOT-002");
});

test.each([
  ["a principal", "arn:aws:iam::999999999999:root"],
  ["a principal as a bare number", "999999999999"],
  ["an image", "999999999999.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:0"],
  ["an address of a queue", "https://sqs.eu-west-1.amazonaws.com/999999999999/orders"],
  ["a number", 999999999999],
  ["an account that is put together", 'arn:aws:iam::${join("", ["999999", "999999"])}:root'],
  ["any account", "arn:aws:iam::*:root"],
  ["a bucket that is named", "arn:aws:s3:::files-of-all/*"],
])("fails ACC-001 and ACC-002 with another account in %s", (_, value) => {
  expect(brokenBy({ resource: { aws_x: { y: { deep: [{ [String(value)]: value }] } } } }, "root")).toContain("ACC-001");
  expect(brokenBy([{ kind: "ConfigMap", data: { value } }])).toContain("ACC-002");
});

test.each([
  "arn:aws:iam::111111111111:role/paved-apply",
  "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
  "arn:aws:s3:::${aws_s3_bucket.files.bucket}/*",
  "arn:aws:logs:eu-west-1:111111111111:*",
  "sha256:123456789012c5974341fb92fa8ec73f49f3f206e61c21780814c5f3dfadd18c",
  1764000000,
])("keeps ACC-001 and ACC-002 with %p", (value) => {
  expect(brokenBy({ resource: { aws_x: { y: { value } } } }, "root")).not.toContain("ACC-001");
  expect(brokenBy([{ kind: "ConfigMap", data: { value } }])).not.toContain("ACC-002");
});

test.each([
  ["a bucket of somebody else", { log_destination: "arn:aws:s3:::logs-of-all" }],
  ["nowhere", {}],
  ["another account, by a role of it", { deliver_cross_account_role: "arn:aws:iam::999999999999:role/x" }],
])("fails ACC-003 with flows that are written to %s", (_, change) => {
  const group = { aws_cloudwatch_log_group: { flows: {} } };
  expect(brokenBy({ ...group, aws_flow_log: { it: { traffic_type: "ALL", ...change } } })).toContain("ACC-003");
});

test.each([
  "/paved/production/cluster/v1",
  "/paved/production/database-payments/v1",
  "/paved/dev/database-orders/v1",
  "/x",
])("fails AWS-SSM-002 with %s, which is not told by orders", (name) => {
  expect(brokenBy({ aws_ssm_parameter: { it: { name } } })).toContain("AWS-SSM-002");
});

test.each(["orders", "queue-orders", "bucket-orders-site"])(
  "keeps AWS-SSM-002 with the contract %s of orders",
  (name) => {
    expect(brokenBy({ aws_ssm_parameter: { it: { name: `/paved/production/${name}/v1` } } })).not.toContain(
      "AWS-SSM-002",
    );
  },
);
