import { dev } from "@paved/environments/src/dev";
import { production } from "@paved/environments/src/production";
import type { Environment, StackKind } from "@paved/model";
import { synthStack, type SynthesizedStack } from "@paved/testing";
import { PavedStack } from "../../src";

export { dev, production };

/** Synthesizes one stack of the environment with what `build` puts into it. */
export function synthIn(
  environment: Environment,
  build: (stack: PavedStack) => void,
  kind: StackKind = "service",
): SynthesizedStack {
  return synthStack((app) => build(new PavedStack(app, { environment, name: "orders", kind, owner: "commerce" })));
}

/** Facts as another stack would have published them. */
export const networkFacts = {
  vpcId: "vpc-1",
  vpcCidr: "10.10.0.0/16",
  publicSubnetIds: ["subnet-p1", "subnet-p2"],
  privateSubnetIds: ["subnet-n1", "subnet-n2"],
  intraSubnetIds: ["subnet-i1", "subnet-i2"],
};

/** A service's metadata. */
export const orders = {
  name: "orders",
  owner: "commerce",
  tier: 1,
  onCall: "commerce-primary",
  runbook: "https://runbooks.example.com/orders",
} as const;
