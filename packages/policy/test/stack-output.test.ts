import { judgeStack, type StackOutput } from "../src";
import { terraform } from "./sound-terraform";

const vpc = { address: "aws_vpc.vpc", path: "vpc", source: "stacks/src/network.ts:3" };
const output = (json: Record<string, unknown>, elements: StackOutput["elements"] = [vpc]): StackOutput => ({
  name: "dev-network",
  elements,
  json: { terraform, resource: { aws_vpc: { vpc: {} } }, ...json },
});
const codes = (judged: StackOutput) => judgeStack(judged).map((finding) => finding.code);

test("a stack whose references are its own passes", () => {
  const subnet = { vpc_id: "${aws_vpc.vpc.id}" };
  expect(codes(output({ resource: { aws_vpc: { vpc: {} }, aws_subnet: { a: subnet } } }))).toEqual([]);
});

test("fails with PVD1013 when two constructs share one address", () => {
  expect(judgeStack(output({}, [vpc, { address: "aws_vpc.vpc", path: "other/vpc" }]))).toMatchInlineSnapshot(`
   [
     {
       "code": "PVD1013",
       "fix": "give one of them another id",
       "got": "vpc and other/vpc at aws_vpc.vpc",
       "source": undefined,
       "want": "an address for each construct: of two that share one, OpenTofu sees only the last",
       "where": "dev-network",
     },
   ]
  `);
});

test("fails with PVD1013 when a construct is not in the output", () => {
  expect(codes(output({}, [vpc, { address: "aws_eip.nat", path: "nat" }]))).toEqual(["PVD1013"]);
});

test.each(["${TFTOKEN[TOKEN.4]}", "${tftoken[to", "name-${TfToken[TOKEN.1]}"])("fails with PVD1015 on %s", (text) => {
  expect(codes(output({ resource: { aws_vpc: { vpc: { name: text } } } }))).toEqual(["PVD1015"]);
});

test("fails with PVD1016 on a reference to what the stack does not hold, and names the user's line", () => {
  const findings = judgeStack(output({ resource: { aws_vpc: { vpc: { tags: { a: "${aws_s3_bucket.logs.arn}" } } } } }));
  expect(findings).toMatchInlineSnapshot(`
   [
     {
       "code": "PVD1016",
       "fix": "publish() the fact in its own stack and consume() it here",
       "got": "aws_s3_bucket.logs.arn, but the stack has no aws_s3_bucket.logs",
       "source": "stacks/src/network.ts:3",
       "want": "something in the same stack",
       "where": "dev-network vpc",
     },
   ]
  `);
});

test.each([
  '${file("/etc/passwd")}',
  '${templatefile("x", {})}',
  '${jsonencode(fileset(".", "*"))}',
  "${timestamp()}",
  "${uuid()}",
  '${file ("/etc/passwd")}',
  "${provider::aws::arn_parse(aws_vpc.vpc.arn)}",
  '${core::file("/etc/passwd")}',
])("fails with PVD1018 on %s", (text) => {
  expect(codes(output({ resource: { aws_vpc: { vpc: { name: text } } } }))).toEqual(["PVD1018"]);
});

const evil = '${file("/etc/passwd")}';
test.each<readonly [string, Record<string, unknown>]>([
  ["the name of a property", { tags: { [evil]: "x" } }],
  ["the name of a property, deep", { a: [{ b: { c: [{ [evil]: 1 }] } }] }],
  ["the value of //", { "//": evil }],
  ["what is below a //", { tags: { "//": { "//": [{ "//": evil }] } } }],
])("fails with PVD1018 on a call in %s", (_, vpcOf) => {
  expect(codes(output({ resource: { aws_vpc: { vpc: vpcOf } } }))).toEqual(["PVD1018"]);
});

test("fails with PVD1018 on a call in the name of a default tag", () => {
  const provider = { aws: [{ default_tags: [{ tags: { [evil]: "x" } }] }] };
  expect(codes(output({ provider }))).toEqual(["PVD1018"]);
});

test.each<readonly [string, Record<string, unknown>, Record<string, unknown>]>([
  ["an import", {}, { import: [{ to: 'aws_vpc.vpc[file("/x")]', id: "vpc-1" }] }],
  ["what it is replaced by", { lifecycle: { replace_triggered_by: ['aws_vpc.vpc[file("/x")]'] } }, {}],
  ["what it is replaced by, in lists", { lifecycle: [[{ replace_triggered_by: ['aws_vpc.vpc[file("/x")]'] }]] }, {}],
  ["a provider", { provider: 'aws.x[file("/x")]' }, {}],
  ["what it depends on", { depends_on: ['aws_vpc.vpc[file("/x")]'] }, {}],
])("fails with PVD1018 on a call in an address, which OpenTofu reads without a template: %s", (_, vpcOf, more) => {
  expect(codes(output({ resource: { aws_vpc: { vpc: vpcOf } }, ...more }))).toContain("PVD1018");
});

test.each([
  '${file /*c*/ ("/x")}',
  '${ 1 /* } */ == 1 ? file("/x") : "" }',
  '${file\n("/x")}',
  "%{ if true }x%{ endif }",
  "${<<E\nx\nE\n}",
])("fails with PVD1042 on %j, which others may read otherwise", (name) => {
  expect(codes(output({ resource: { aws_vpc: { vpc: { name } } } }))).toContain("PVD1042");
});

test("addresses in records and orders are no templates", () => {
  const lifecycle = { ignore_changes: ['tags["a"]', "scaling_config[0].desired_size"] };
  const moved = [{ from: "aws_vpc.old", to: "aws_vpc.vpc" }];
  expect(codes(output({ moved, resource: { aws_vpc: { vpc: { lifecycle, depends_on: ["aws_vpc.vpc"] } } } }))).toEqual(
    [],
  );
});

test("fails with PVD1026 on another stack's state", () => {
  const json = { resource: { aws_vpc: { vpc: { name: "${data.terraform_remote_state.other.outputs.x}" } } } };
  expect(codes(output(json))).toEqual(["PVD1026"]);
});

test.each([
  { source: "aws", version: "6.25.0" },
  { source: "registry.opentofu.org/hashicorp/aws", version: "~> 6.0" },
])("fails with PVD1027 on provider %p", (aws) => {
  expect(codes(output({ terraform: { ...terraform, required_providers: { aws } } }))).toEqual(["PVD1027"]);
});
