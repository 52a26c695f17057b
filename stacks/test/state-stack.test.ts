import { loadEnvironments } from "@paved/environments";
import { defineService, retire, type ServiceStack } from "@paved/golden-paths";
import { synth, type SynthesizedStack } from "@paved/testing";
import { buildFleet, type LoadedService } from "../src";
import { about } from "./service-fixture";

const production = loadEnvironments().filter(({ environment }) => environment.name === "production");

const gone = (stack: ServiceStack): void => retire(stack, { reason: "nobody calls it" });

const retired = (name: string): LoadedService => ({
  definition: defineService(about(name), gone),
  file: `stacks/services/${name}.ts`,
});

function stateStack(services: readonly LoadedService[]): SynthesizedStack {
  return synth((app) => buildFleet(app, production, services))["production-state"] as SynthesizedStack;
}

test("every other stack has a key of its own for its state, which nobody destroys where the environment is protected", () => {
  const stack = stateStack([]);
  const aliases = Object.values(stack.resources("aws_kms_alias")).map(({ name }) => name);
  expect(aliases).toEqual(
    ["access", "cluster", "network", "platform"].map((name) => `alias/paved/production/state/${name}`),
  );
  const protection = Object.values(stack.resources("aws_kms_key")).map(({ lifecycle }) => lifecycle);
  expect(protection).toEqual(aliases.map(() => ({ prevent_destroy: true })));
});

test("its own state has the key that the account was set up with", () => {
  const { encryption } = stateStack([]).json["terraform"] as { encryption: object };
  expect(encryption).toMatchObject({ key_provider: { aws_kms: { state: { kms_key_id: "alias/paved-state" } } } });
});

test("the key of a service that is retired is forgotten and stays, so that its state can be read", () => {
  const stack = stateStack([retired("orders")]);
  expect(stack.addresses().filter((address) => address.includes("orders"))).toEqual([]);
  expect(stack.json["removed"]).toMatchObject([
    { from: "aws_kms_key.keys_orders_key", lifecycle: { destroy: false } },
    { from: "aws_kms_alias.keys_orders_alias", lifecycle: { destroy: false } },
  ]);
});
