import { changedValues, coveredValues } from "../src/deviation/values";

test("says what a change sets and takes out, by path", () => {
  const before = { spec: { replicas: 2, paused: true, ports: [{ port: 80 }] } };
  const after = { spec: { replicas: 1, ports: [{ port: 80 }, { port: 81 }], labels: {} } };
  expect(changedValues(before, after)).toEqual([
    "spec.labels is {}",
    "spec.paused is taken out",
    "spec.ports[1].port is 81",
    "spec.replicas is 1",
  ]);
});

test("says of a long value that it is another, not what it is", () => {
  const [one, other] = ["a", "b"].map((end) => changedValues({}, { data: "x".repeat(10_000) + end }).join());
  expect(one).toMatch(/^data is 10003 characters, sha256 [0-9a-f]{16}$/);
  expect(one).not.toBe(other);
});

const root = { resource: { aws_sqs_queue: { q: { "//": { metadata: {} }, name: "q", tags: { a: "b" } } } } };
const queue = { address: "aws_sqs_queue.q", path: ["resource", "aws_sqs_queue", "q"] };

test("of what was added it says all, and nothing of where it was made", () => {
  expect(coveredValues([queue], root)).toEqual(['aws_sqs_queue.q name is "q"', 'aws_sqs_queue.q tags.a is "b"']);
});

test("of what was changed it says the attributes that are not as they were", () => {
  expect(coveredValues([{ ...queue, attributes: ["tags", "policy"] }], root)).toEqual([
    'aws_sqs_queue.q tags.a is "b"',
    "aws_sqs_queue.q policy is taken out",
  ]);
});

test("of what is gone it says so", () => {
  const gone = { address: "aws_sqs_queue.gone", path: ["resource", "aws_sqs_queue", "gone"] };
  expect(coveredValues([gone], root)).toEqual(["aws_sqs_queue.gone is taken out"]);
  const local = { address: "TerraformLocal.l", path: ["locals", "l"] };
  expect(coveredValues([local], { locals: { l: 3 } })).toEqual(["TerraformLocal.l value is 3"]);
});
