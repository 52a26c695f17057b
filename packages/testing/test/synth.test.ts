import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Annotations, type App, TerraformStack } from "cdktf";
import { synth, synthStack } from "../src";

function stack(app: App, name = "dev-facts"): TerraformStack {
  const made = new TerraformStack(app, name);
  new AwsProvider(made, "aws", { region: "eu-west-1" });
  return made;
}

test("an app that cdktf itself would not synthesize is not synthesized here either", () => {
  expect(() =>
    synthStack((app) => new SsmParameter(new TerraformStack(app, "a"), "p", { name: "/a", type: "String" })),
  ).toThrow(/provider/);
  expect(() => synthStack((app) => Annotations.of(stack(app)).addError("retired"))).toThrow("retired");
});

test("a stack has the backend that the app gives it", () => {
  expect(synthStack((app) => stack(app)).json).toHaveProperty("terraform.backend");
});

test("what a reviewer reads is sorted, without cdktf's notes, and with embedded JSON opened up", () => {
  const made = synthStack((app) => {
    const target = stack(app);
    new SsmParameter(target, "b", { name: "/b", type: "String", value: '{"rule":["allow"]}' });
    new SsmParameter(target, "a", { name: "/a", type: "String", value: "plain" });
  });
  expect(made.summary()).toEqual({
    "aws_ssm_parameter.a": { name: "/a", type: "String", value: "plain" },
    "aws_ssm_parameter.b": { name: "/b", type: "String", value: { json: { rule: ["allow"] } } },
  });
  expect(made.addresses()).toEqual(["aws_ssm_parameter.a", "aws_ssm_parameter.b"]);
});

test("an address that is not there is an error that names those that are", () => {
  const made = synthStack((app) => new SsmParameter(stack(app), "a", { name: "/a", type: "String", value: "x" }));
  expect(made.at("aws_ssm_parameter.a")).toMatchObject({ name: "/a" });
  expect(() => made.at("aws_ssm_parameter.b")).toThrow("no aws_ssm_parameter.b; there are aws_ssm_parameter.a");
  expect(() => made.only("aws_vpc")).toThrow("expected one aws_vpc, got 0");
});

test("more than one stack is given by name, and is too many where one is wanted", () => {
  const two = (app: App) => [stack(app, "dev-a"), stack(app, "dev-b")];
  expect(Object.keys(synth(two))).toEqual(["dev-a", "dev-b"]);
  expect(() => synthStack(two)).toThrow("expected one stack, got 2");
});
