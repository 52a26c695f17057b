import { environmentEntry } from "@paved/testing/src/environment-entry";
import { judgeResources, judgeRoot } from "../src/judge/judge";
import { rules } from "../src/rules";

const dev = environmentEntry("dev");
const preview = {
  ...environmentEntry("preview"),
  account: "444444444444",
  ephemeral: { owner: "commerce", expires: "2026-12-05" },
};
const staging = { ...environmentEntry("staging"), account: "222222222222" };
const environments = [dev, preview, staging];

/** Ids of the rules on whose things are that a resource breaks, in a stack of an environment. */
function brokenIn(environment: typeof dev, type: string, policy: string, name = "orders"): readonly string[] {
  const stack = { name: `${environment.name}-${name}`, environment, environments };
  const json = { resource: { [type]: { x: { policy } } } };
  const judged = [judgeResources(rules, { ...stack, json }), judgeRoot(rules, { ...stack, json })];
  const broken = judged.flatMap((verdict) => verdict.broken.map(({ rule }) => rule));
  return broken.filter((rule) => ["ACC-001", "AWS-IAM-010"].includes(rule)).toSorted();
}

const policyOf = (...statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const READS = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:ListImages"];
const letIn = (account: string, changes: object = {}) => ({
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: READS,
  Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/paved-copy` } },
  ...changes,
});
const inRepository = (environment: typeof dev, ...statements: readonly object[]) =>
  brokenIn(environment, "aws_ecr_repository_policy", policyOf(...statements));

test("a repository lets in the role that copies of each environment that comes after, also of an ephemeral one", () => {
  expect(inRepository(dev, letIn("222222222222"), letIn("444444444444"))).toEqual([]);
});

const role = "arn:aws:iam::222222222222:role/paved-copy";

test.each([
  ["an account that no environment has", letIn("999999999999")],
  ["an action that writes", letIn("222222222222", { Action: [...READS, "ecr:PutImage"] })],
  ["every action", letIn("222222222222", { Action: "ecr:*" })],
  ["all actions but some", letIn("222222222222", { Action: READS, NotAction: "ecr:PutImage" })],
  ["no condition", letIn("222222222222", { Condition: {} })],
  ["another role", letIn("222222222222", { Condition: { ArnEquals: { "aws:PrincipalArn": `${role}-er` } } })],
  ["a role with a wildcard", letIn("222222222222", { Condition: { ArnLike: { "aws:PrincipalArn": `${role}*` } } })],
  ["a second role", letIn("222222222222", { Condition: { ArnEquals: { "aws:PrincipalArn": [role, `${role}-er`] } } })],
  ["anybody, if it says it is the role", letIn("222222222222", { Principal: "*" })],
  ["a second principal", letIn("222222222222", { Principal: { AWS: ["arn:aws:iam::222222222222:root", "*"] } })],
  ["the role of one account for another", letIn("444444444444", { Principal: letIn("222222222222").Principal })],
])("a repository that lets in %s breaks both rules", (_, statement) => {
  expect(inRepository(dev, statement)).toContain("AWS-IAM-010");
  expect(inRepository(dev, letIn("222222222222"), statement)).toEqual(["ACC-001", "AWS-IAM-010"]);
});

test.each([
  ["an earlier one into a later one's", staging, "111111111111"],
  ["anybody into an ephemeral one's", preview, "222222222222"],
])("nobody lets %s", (_, environment, account) => {
  const own = { ...environment, account: environment === staging ? "222222222222" : "444444444444" };
  const all = [{ ...dev, account: "111111111111" }, preview, staging];
  const stack = { name: `${own.name}-orders`, environment: own, environments: all };
  const json = { resource: { aws_ecr_repository_policy: { x: { policy: policyOf(letIn(account)) } } } };
  expect(judgeResources(rules, { ...stack, json }).broken.map(({ rule }) => rule)).toContain("AWS-IAM-010");
  expect(judgeRoot(rules, { ...stack, json }).broken.map(({ rule }) => rule)).toContain("ACC-001");
});

test("the same statement is no exception in the policy of a queue", () => {
  expect(brokenIn(dev, "aws_sqs_queue_policy", policyOf(letIn("222222222222")))).toEqual(["ACC-001"]);
});

test("an element that is written twice hides nothing", () => {
  const hidden = `{"Statement":[${JSON.stringify(letIn("999999999999"))}],${policyOf(letIn("222222222222")).slice(1)}`;
  expect(brokenIn(dev, "aws_ecr_repository_policy", hidden)).toContain("ACC-001");
});

const reads = (account: string, changes: object = {}) =>
  policyOf({ Effect: "Allow", Action: READS, Resource: `arn:aws:ecr:eu-west-1:${account}:repository/*`, ...changes });

test("the pipeline reads images of an earlier environment, in the stack that gives it rights", () => {
  expect(brokenIn(staging, "aws_iam_role_policy", reads("111111111111"), "access")).toEqual([]);
});

test.each([
  ["of an ephemeral environment", reads("444444444444"), "access"],
  ["of an account that no environment has", reads("999999999999"), "access"],
  ["in the stack of a service", reads("111111111111"), "orders"],
  ["and writes them", reads("111111111111", { Action: [...READS, "ecr:PutImage"] }), "access"],
])("nothing reads images %s", (_, policy, stack) => {
  expect(brokenIn(staging, "aws_iam_role_policy", policy, stack)).toEqual(["ACC-001"]);
});
