import * as fc from "fast-check";
import { ERROR_CODES, type ErrorCode } from "@paved/model";
import { codeExplanation } from "../src/explain/code-explanation";
import { printExplanation } from "../src/explain/print";
import { printRule, ruleExplanation } from "../src/explain/rule-explanation";
import { explainSubject, splitSubject } from "../src/explain/subject";
import { index, kept } from "./sample-fleet";

const explained = (subject: string) => explainSubject(index, index.stacks, subject);

test("an address is explained for every stack that has it", () => {
  expect(explained("aws_db_instance.api_database_instance").map(({ stack }) => stack)).toEqual([
    "dev-orders",
    "production-orders",
  ]);
});

test("an address of one stack: construct, golden path, the user's line, and who to call", () => {
  const { terminal, out } = kept();
  for (const one of explained("dev-orders:aws_db_instance.api_database_instance")) printExplanation(terminal, one);
  expect(out.join("\n")).toMatchInlineSnapshot(`
   "dev-orders:aws_db_instance.api_database_instance
     construct    api/database/instance
     golden path  node-api@1
     source       stacks/services/orders.ts:9
     environment  dev
     stack        dev-orders
     kind         service
     owner        commerce
     service      orders, tier 1
     on call      commerce-primary
     runbook      https://runbooks.example.com/orders
     after        dev-cluster, dev-network
     consumes     network@1 from dev-network, cluster@1 from dev-cluster"
  `);
});

test("an instance of a counted resource is explained by the resource", () => {
  expect(explained('dev-network:aws_vpc.network_vpc["a"]')).toMatchObject([{ constructPath: "network/vpc" }]);
});

test("a service and a stack are explained too, without an address", () => {
  expect(explained("orders").map(({ stack, address }) => [stack, address])).toEqual([
    ["dev-orders", undefined],
    ["production-orders", undefined],
  ]);
  const { terminal, out } = kept();
  for (const one of explained("dev-cluster")) printExplanation(terminal, one);
  expect(out.join("\n")).toMatchInlineSnapshot(`
   "dev-cluster
     environment  dev
     kind         cluster
     owner        platform
     after        dev-network
     publishes    cluster@1
     consumes     network@1 from dev-network"
  `);
});

test.each([
  ["dev-orders:aws_vpc.a", { stack: "dev-orders", address: "aws_vpc.a" }],
  ["dev-orders", { stack: "dev-orders" }],
  ["aws_vpc.a", { address: "aws_vpc.a" }],
  ["dev-orders aws_vpc.a", { stack: "dev-orders", address: "aws_vpc.a" }],
  ['dev-orders:aws_vpc.a["x: y"]', { stack: "dev-orders", address: 'aws_vpc.a["x: y"]' }],
  ['aws_vpc.a["x:y"]', { address: 'aws_vpc.a["x:y"]' }],
])("%s is read as %j", (subject, parts) => expect(splitSubject(index.stacks, subject)).toEqual(parts));

test("whatever the address, a stack before it is taken off and the address stays as it is", () => {
  const address = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !/^\s/.test(text));
  const stack = fc.constantFrom(...index.stacks.map(({ name }) => name));
  fc.assert(
    fc.property(stack, fc.constantFrom(":", " ", "  "), address, (name, separator, text) => {
      expect(splitSubject(index.stacks, `${name}${separator}${text}`)).toEqual({ stack: name, address: text });
      expect(splitSubject([], `${name}${separator}${text}`)).toEqual({ address: `${name}${separator}${text}` });
    }),
  );
});

test("a slip of one letter in a name is answered with the name that was meant", () => {
  const names = ["aws_db_instance.api_database_instance", "aws_vpc.network_vpc", "orders"];
  const slip = fc.tuple(fc.constantFrom(...names), fc.nat(), fc.constantFrom("", "x", "7"));
  fc.assert(
    fc.property(slip, ([name, place, letter]) => {
      const at = place % name.length;
      const word = `${name.slice(0, at)}${letter}${name.slice(at + 1)}`;
      expect(() => explained(word)).toThrow(`did you mean ${name}?`);
    }),
  );
});

test.each([
  ["aws_db_instance.api_database_instanc", /did you mean aws_db_instance\.api_database_instance\?/],
  ["dev-network:aws_vpc.network_vpx", /did you mean aws_vpc\.network_vpc\?/],
  ["order", /did you mean orders\?/],
  ["zzzzzzzzzzzzzzz", /see paved list/],
])("fails with PVD4002 on %s", (subject, fix) => {
  expect(() => explained(subject)).toThrow(/^PVD4002 explain: got /);
  expect(() => explained(subject)).toThrow(fix);
});

test.each(Object.keys(ERROR_CODES) as ErrorCode[])("%s is explained", (code) => {
  const { title, text } = codeExplanation(code);
  expect(title).toBe(ERROR_CODES[code]);
  expect(text).toMatch(
    /^(Synth|The pipeline|The offline sandbox|The command line|The bundle|Paved itself) .+\nThe message says/,
  );
});

test("a guard-rail is explained by its id: what holds, why, what to do, and where it comes from", () => {
  const { terminal, out } = kept();
  printRule(terminal, ruleExplanation("AWS-SQS-001")!);
  expect(out.join("\n")).toMatchInlineSnapshot(`
   "AWS-SQS-001 A queue is encrypted with an own key (high)
   Messages hold orders and addresses; a key of one's own says who may read them.
   want: a kms_master_key_id of the account's own
   fix:  make the queue with Queue, which brings its key
   from: Security Hub SQS.1; CKV_AWS_27
   page: docs/guardrails/AWS-SQS-001.md, with an example that breaks it and one that keeps it"
  `);
  expect(ruleExplanation("AWS-SQS-999")).toBeUndefined();
});
