import * as fc from "fast-check";
import { InfrastructureConfig, type PavedStack } from "../src";
import { client } from "./support/client";
import { dev, production, synthIn } from "./support/stacks";

const config = (stack: PavedStack) =>
  new InfrastructureConfig(stack, "config", { name: "orders-infrastructure", namespace: "orders" });
const withFacts = (...facts: [key: string, value: string][]) =>
  synthIn(dev, (stack) => {
    const made = config(stack);
    for (const [key, value] of facts) made.set(key, value);
  });
const data = (...facts: [key: string, value: string][]) => withFacts(...facts).only("kubernetes_config_map_v1")["data"];

test("snapshot: dev, no facts", () => {
  expect(withFacts().summary()).toMatchSnapshot();
});

test("snapshot: production, facts known now and after apply", () => {
  const stack = synthIn(production, (at) => {
    const made = config(at);
    made.set("ROLE", client(at, "orders").identity.roleArn);
    made.set("AWS_REGION", "eu-west-1");
  });
  expect(stack.summary()).toMatchSnapshot();
});

test("the order in which facts were set does not show", () => {
  expect(withFacts(["A", "1"], ["B", "2"]).text).toBe(withFacts(["B", "2"], ["A", "1"]).text);
});

test("set again to the same value, a fact changes nothing", () => {
  expect(data(["A", "1"], ["A", "1"])).toEqual({ A: "1" });
});

test("text stays text", () => {
  expect(data(["A", '${file("/etc/passwd")}'], ["B", "%{ if true }"])).toEqual({
    A: '$${file("/etc/passwd")}',
    B: "%%{ if true }",
  });
});

test("says what is known at synth: values where they are literal, and only names where they are not", () => {
  synthIn(dev, (stack) => {
    const made = config(stack);
    made.set("QUEUE_VISIBILITY_SECONDS", "60");
    made.set("BUCKET_NAME", client(stack, "orders").identity.roleArn);
    expect(made.known).toEqual(["BUCKET_NAME", "QUEUE_VISIBILITY_SECONDS=60"]);
  });
});

test("fails with PVD1025 when a fact is set to two values", () => {
  expect(() => data(["A", "1"], ["A", "2"])).toThrow(/PVD1025 dev-orders\/config: got a second value for A/);
});

test("fails with PVD1025 for every key that is no name of a variable", () => {
  const wrong = fc.string().filter((key) => !/^[A-Z][A-Z0-9_]*$/.test(key));
  synthIn(dev, (stack) => {
    const made = config(stack);
    fc.assert(fc.property(wrong, (key) => expect(() => made.set(key, "1")).toThrow(/PVD1025/)));
  });
});

test("fails with PVD1025 for a key that is only known after apply", () => {
  expect(() => synthIn(dev, (stack) => config(stack).set(client(stack, "orders").identity.roleArn, "1"))).toThrow(
    /PVD1025 .*only known after apply/,
  );
});

test("fails with PVD1007 for a name that Kubernetes refuses", () => {
  expect(() =>
    synthIn(dev, (stack) => void new InfrastructureConfig(stack, "config", { name: "A", namespace: "a" })),
  ).toThrow(/PVD1007/);
});
