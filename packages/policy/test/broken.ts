import { judgeDelivery, judgeResources } from "../src/judge/judge";
import { rules } from "../src/rules";
import { environmentEntry } from "./environment-entry";

const environment = environmentEntry("production");

/** Ids of the rules that the manifests of a unit break, in production. */
export function brokenByUnit(name: string, ...manifests: readonly object[]): readonly string[] {
  const unit = { environment: environment.name, name, manifests };
  return judgeDelivery(rules, unit, environment).broken.map(({ rule }) => rule);
}

/** Ids of the rules that the resources of a stack break, in production. */
export function brokenByStack(resources: object, name = "production-orders"): readonly string[] {
  const json = { resource: resources };
  return judgeResources(rules, { name, environment, json }).broken.map(({ rule }) => rule);
}

/** Ids of the rules that one resource breaks, in production. */
export function brokenByResource(type: string, attributes: object, stack?: string): readonly string[] {
  return brokenByStack({ [type]: { example: attributes } }, stack);
}
